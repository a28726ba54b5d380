// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.server.cli.wire.FakeServer;
import io.coffer.server.cli.wire.FakeServer.Answer;
import io.coffer.server.cli.wire.FakeServer.Seen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/// A person or a script before the command line, and a vault that answers what the test says. One fixture
/// for all tests of commands.
final class Session implements AutoCloseable {
    /// What a command left behind.
    record Ran(int exit, String out, String err) {}

    final Map<String, String> env = new HashMap<>();
    final Deque<String> typed = new ArrayDeque<>();
    byte[] input = new byte[0];
    boolean inputIsTerminal;
    boolean outputIsTerminal;
    String prompts = "";

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Supplier<String>> sequences = new ConcurrentHashMap<>();
    private final FakeServer server;

    Session(Path home) throws IOException {
        server = FakeServer.plain(this::answer);
        env.put("HOME", home.toString());
        env.put("VAULT_ADDR", server.address());
        env.put("VAULT_TOKEN", "hvs.test");
        env.put("VAULT_MAX_RETRIES", "0");
    }

    /// The answer to that method and path below `/v1/`, the query included if there is one.
    Session when(String methodAndPath, int status, String json) {
        answers.put(methodAndPath, Answer.of(status, json));
        return this;
    }

    Session when(String methodAndPath, Answer answer) {
        answers.put(methodAndPath, answer);
        return this;
    }

    /// One after the other, each in the vault's envelope; the last one stays.
    Session whenSequence(String methodAndPath, String... data) {
        Deque<String> left = new ConcurrentLinkedDeque<>(List.of(data));
        sequences.put(methodAndPath, () -> envelope(left.size() > 1 ? left.remove() : left.element()));
        return this;
    }

    /// The same with the members of the vault's envelope around the data.
    Session whenData(String methodAndPath, String data) {
        return when(methodAndPath, 200, envelope(data));
    }

    static String envelope(String data) {
        return "{\"request_id\":\"r\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":" + data
                + ",\"wrap_info\":null,\"warnings\":null,\"auth\":null}";
    }

    /// A mount of the key-value store at `secret/`.
    Session withMount(String version) {
        String mount = "{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"" + version + "\"}}";
        for (String path : List.of("secret", "secret/app", "secret/app/deep", "secret/none")) {
            whenData("GET sys/internal/ui/mounts/" + path, mount);
        }
        return this;
    }

    private Answer answer(Seen seen) {
        String target = seen.target().substring("/v1/".length());
        Supplier<String> next = sequences.get(seen.method() + " " + target);
        if (next != null) {
            return Answer.of(200, next.get());
        }
        Answer exact = answers.get(seen.method() + " " + target);
        Answer any = answers.get(seen.method() + " " + seen.path().substring("/v1/".length()));
        return exact != null ? exact : any != null ? any : Answer.of(404, "{\"errors\":[]}");
    }

    List<Seen> seen() {
        return server.seen();
    }

    Seen last() {
        return server.last();
    }

    String address() {
        return server.address();
    }

    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Ran ran = runInto(out, arguments);
        return new Ran(ran.exit(), out.toString(StandardCharsets.UTF_8), ran.err());
    }

    /// With that as standard output.
    Ran runInto(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new Cli(new Env(Map.copyOf(env)), new Before(out, err)).run(List.of(arguments));
        return new Ran(exit, "", err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private final class Before implements Terminal {
        private final InputStream in = new ByteArrayInputStream(input);
        private final PrintStream out;
        private final PrintStream err;

        Before(OutputStream out, OutputStream err) {
            this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
            this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        }

        @Override
        public InputStream in() {
            return in;
        }

        @Override
        public PrintStream out() {
            return out;
        }

        @Override
        public PrintStream err() {
            return err;
        }

        @Override
        public boolean inputIsTerminal() {
            return inputIsTerminal;
        }

        @Override
        public boolean outputIsTerminal() {
            return outputIsTerminal;
        }

        @Override
        public char[] readHidden(String prompt) throws IOException {
            prompts += prompt;
            if (typed.isEmpty()) {
                throw new IOException("the input ended");
            }
            return typed.removeFirst().toCharArray();
        }

        @Override
        public String readLine(String prompt) throws IOException {
            return new String(readHidden(prompt));
        }
    }
}
