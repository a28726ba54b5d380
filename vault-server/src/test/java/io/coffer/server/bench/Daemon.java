// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A vault on RocksDB, started by {@code scripts/coffer}, with a key-value engine of version 2 at {@code secret/}.
final class Daemon implements AutoCloseable {
    private static final Pattern COLLECTION = Pattern.compile("([0-9]+)M->[0-9]+M\\(([0-9]+)M\\)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path root;
    private final Path room;
    private final List<String> shares = new ArrayList<>();
    private String token = "";
    private Child process;

    /// @param room a directory of its own for configuration, data, logs
    /// @param more further lines of the configuration, as a second listener or an audit device
    Daemon(Path root, Path room, String more) throws IOException, InterruptedException {
        this.root = root;
        this.room = Files.createDirectories(room);
        Files.writeString(room.resolve("coffer.hcl"), """
                disable_mlock = true
                storage "rocksdb" { path = "%s" }
                listener "tcp" {
                  address     = "127.0.0.1:0"
                  tls_disable = true
                }
                %s
                """.formatted(room.resolve("data"), more));
        process = launch();
        String keys = ask("PUT", "sys/init", "{\"secret_shares\":5,\"secret_threshold\":3}");
        take(keys);
        token = keys.replaceAll("(?s).*\"root_token\":\"([^\"]+)\".*", "$1");
        unseal();
        ask("POST", "sys/mounts/secret", "{\"type\":\"kv\",\"options\":{\"version\":\"2\"}}");
    }

    private Child launch() throws IOException {
        return Child.start(
                List.of(root.resolve("scripts/coffer").toString(), "server", "-config=" + room.resolve("coffer.hcl")),
                Map.of("COFFER_JAVA_OPTS", "-Xlog:gc:file=" + room.resolve("gc.log")),
                room.resolve("daemon.log"));
    }

    /// Kills it and starts it again; seconds from its start to its first answer. It is sealed then.
    double restart() throws IOException, InterruptedException {
        process.close();
        long began = System.nanoTime();
        process = launch();
        process.port(0);
        ask("GET", "sys/seal-status", "");
        return (System.nanoTime() - began) / 1e9;
    }

    /// Seconds from the first share to the answer to the last.
    double unseal() throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (String share : shares.subList(0, 3)) {
            ask("PUT", "sys/unseal", "{\"key\":\"" + share + "\"}");
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /// Rekeys to as many shares; seconds from the last former share to the new ones.
    double rekey() throws IOException, InterruptedException {
        String nonce = ask("PUT", "sys/rekey/init", "{\"secret_shares\":5,\"secret_threshold\":3}")
                .replaceAll("(?s).*\"nonce\":\"([^\"]+)\".*", "$1");
        String answer = "";
        long began = 0;
        for (String share : shares.subList(0, 3)) {
            began = System.nanoTime();
            answer = ask("PUT", "sys/rekey/update", "{\"key\":\"" + share + "\",\"nonce\":\"" + nonce + "\"}");
        }
        double took = (System.nanoTime() - began) / 1e9;
        take(answer);
        return took;
    }

    private void take(String keys) {
        shares.clear();
        Matcher share = Pattern.compile("\"([0-9a-f]{66})\"").matcher(keys);
        while (share.find()) {
            shares.add(share.group(1));
        }
    }

    /// The body of an answer that says that all is well.
    String ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() != 200 && answer.statusCode() != 204) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /// Whether anything is there.
    boolean has(String method, String path) throws IOException, InterruptedException {
        return send(method, path, "").statusCode() != 404;
    }

    /// A token with these policies besides `default`, as a list of JSON strings.
    String tokenOf(String policies) throws IOException, InterruptedException {
        return ask("POST", "auth/token/create", "{\"ttl\":\"24h\",\"policies\":[" + policies + "]}")
                .replaceAll("(?s).*\"client_token\":\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(0) + "/v1/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("X-Vault-Token", token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    int port(int listener) throws IOException, InterruptedException {
        return process.port(listener);
    }

    String token() {
        return token;
    }

    double residentMebibytes() throws IOException {
        return process.residentMebibytes();
    }

    /// The most that the collector has found in the heap since the start.
    double fullestHeapMebibytes() throws IOException {
        double most = 0;
        for (Matcher found = COLLECTION.matcher(Files.readString(room.resolve("gc.log"))); found.find(); ) {
            most = Math.max(most, Double.parseDouble(found.group(1)));
        }
        return most;
    }

    /// Seconds that a command of the command line takes, launcher included.
    double command(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("scripts/coffer").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(room.resolve("command.log").toFile());
        builder.environment().put("VAULT_ADDR", "http://127.0.0.1:" + port(0));
        builder.environment().put("VAULT_TOKEN", token);
        long began = System.nanoTime();
        if (builder.start().waitFor() != 0) {
            throw new IOException(Files.readString(room.resolve("command.log")));
        }
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() {
        process.close();
    }
}
