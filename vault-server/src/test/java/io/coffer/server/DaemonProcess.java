// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The daemon as a process of its own, over a store in a temporary directory.
final class DaemonProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([1-9][0-9]*)");
    private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path output;
    private final Process process;

    private DaemonProcess(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /// Starts and waits until it serves. What it keeps and prints lies in the directory.
    static DaemonProcess start(Path directory, String configuration) throws IOException {
        return start(directory, configuration, List.of());
    }

    /// The same as an argument of that command, which is to become it.
    static DaemonProcess start(Path directory, String configuration, List<String> command) throws IOException {
        return start(directory, configuration, command, List.of("io.coffer.server.Main", "server"));
    }

    /// The same with that class, and words for it, as the daemon; it says what the daemon says.
    static DaemonProcess start(Path directory, String configuration, List<String> command, List<String> program)
            throws IOException {
        Path config = directory.resolve("coffer.hcl");
        Files.writeString(config, configuration);
        Path output = Files.createTempFile(directory, "output", ".log");
        Process process = new ProcessBuilder(Stream.concat(command.stream(), java(directory, config, program))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        DaemonProcess daemon = new DaemonProcess(output, process);
        await().atMost(PATIENCE).until(() -> daemon.output().contains("server started") || !process.isAlive());
        return daemon;
    }

    private static Stream<String> java(Path directory, Path config, List<String> program) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -XX:-UsePerfData".split(" ", -1)));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Djava.io.tmpdir=" + directory);
        // As scripts/coffer does; else each start unpacks them from the jars.
        Path natives = Path.of("target", "native").toAbsolutePath();
        Path rocksDb = natives.resolve("librocksdbjni-linux64.so");
        if (Files.exists(rocksDb) && System.getProperty("os.arch").equals("amd64")) {
            command.addAll(List.of("-Djava.library.path=" + natives, "-Dcoffer.rocksdb.library=" + rocksDb));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(program);
        command.add("-config=" + config);
        return command.stream();
    }

    /// A store, and a listener without TLS on a port that the system chooses.
    static String configuration(Path directory) {
        return """
                disable_mlock = true
                storage "rocksdb" { path = "%s/data" }
                listener "tcp" {
                  address     = "127.0.0.1:0"
                  tls_disable = true
                }
                """.formatted(directory);
    }

    /// Whether this process was started so that a signal does not reach it or its children, as under nohup.
    static boolean ignored(int signal) throws IOException {
        Matcher mask = IGNORED.matcher(Files.readString(Path.of("/proc/self/status")));
        return mask.find() && (Long.parseUnsignedLong(mask.group(1), 16) >> signal - 1 & 1) == 1;
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    void awaitOutput(String text) {
        await(text).atMost(PATIENCE).until(() -> output().contains(text));
    }

    int port() throws IOException {
        return port(0);
    }

    /// Of that listener, in the order of the configuration.
    int port(int listener) throws IOException {
        List<String> ports =
                PORT.matcher(output()).results().map(port -> port.group(1)).toList();
        if (ports.size() <= listener) {
            throw new IOException("the daemon names no such port: " + output());
        }
        return Integer.parseInt(ports.get(listener));
    }

    long pid() {
        return process.pid();
    }

    /// Over plain HTTP; an empty token is none.
    ///
    /// @param headers names and values in turn
    HttpResponse<String> ask(String method, String path, String token, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/v1/" + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("X-Vault-Token", token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new IOException(method + " " + path + " has no answer from a daemon that " + state(), lost);
        }
    }

    /// The same of what is not to be refused.
    HttpResponse<String> done(String method, String path, String token, String body) throws Exception {
        HttpResponse<String> answer = ask(method, path, token, body);
        if (answer.statusCode() != 200 && answer.statusCode() != 204) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    /// What a connection that ended is to be explained by.
    private String state() throws IOException {
        return (process.isAlive() ? "runs" : "ended with " + process.exitValue()) + " and said: " + output();
    }

    /// What opens a vault: its one share, and its root token.
    record Keys(String share, String token) {}

    /// Initializes with one share and unseals.
    Keys initialize() throws Exception {
        String init = ask("PUT", "sys/init", "", "{\"secret_shares\":1,\"secret_threshold\":1}")
                .body();
        Keys keys = new Keys(field(init, "keys_base64"), field(init, "root_token"));
        unseal(keys);
        return keys;
    }

    void unseal(Keys keys) throws Exception {
        String answer = ask("PUT", "sys/unseal", "", "{\"key\":\"" + keys.share() + "\"}")
                .body();
        if (!answer.contains("\"sealed\":false")) {
            throw new AssertionError("not unsealed: " + answer);
        }
    }

    /// The first text of that name.
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\\[?\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new AssertionError("no " + name);
        }
        return found.group(1);
    }

    /// The first number of that name.
    static int number(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(json);
        if (!found.find()) {
            throw new AssertionError("no " + name + " in " + json);
        }
        return Integer.parseInt(found.group(1));
    }

    /// Kills it, wherever it is in its work.
    void kill() throws IOException, InterruptedException {
        signal("KILL");
        exit();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time);
    }

    /// Waits until the process has ended.
    ///
    /// @return its exit code
    int exit() throws InterruptedException {
        if (!endsWithin(PATIENCE)) {
            throw new AssertionError("the daemon has not ended");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.destroyForcibly();
        process.onExit().join();
    }
}
