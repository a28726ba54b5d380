// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Requests of one kind, which differ in their path alone, as bytes ready to be sent.
final class Requests {
    private final Form form;
    private final List<String> paths;
    private final byte[][] ready;
    private final AtomicInteger made = new AtomicInteger();

    private record Form(String method, String token, String body) {
        byte[] bytes(String path) {
            String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Vault-Token: " + token + "\r\n";
            String framing = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            return (head + framing + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private Requests(Form form, List<String> paths, byte[][] ready) {
        this.form = form;
        this.paths = paths;
        this.ready = ready;
    }

    static Requests reads(String token, List<String> paths) {
        return of(new Form("GET", token, ""), paths);
    }

    static Requests writes(String token, List<String> paths, String body) {
        return of(new Form("POST", token, body), paths);
    }

    /// Each to another path: the folder, then 0, 1, 2 and so on.
    static Requests numbered(String token, String folder, String body) {
        return new Requests(new Form("POST", token, body), List.of(folder), new byte[0][]);
    }

    private static Requests of(Form form, List<String> paths) {
        return new Requests(
                form, List.copyOf(paths), paths.stream().map(form::bytes).toArray(byte[][]::new));
    }

    /// How many numbered ones were handed out.
    int made() {
        return made.get();
    }

    byte[] next(SplittableRandom dice) {
        return ready.length == 0
                ? form.bytes(paths.getFirst() + made.getAndIncrement())
                : ready[dice.nextInt(ready.length)];
    }

    /// The same as a program of wrk.
    String lua() {
        StringBuilder program = new StringBuilder("local paths = {\n");
        paths.forEach(path -> program.append('"').append(path).append("\",\n"));
        return program.append("}\nlocal headers = { [\"X-Vault-Token\"] = \"")
                .append(form.token())
                .append("\" }\nrequest = function()\n  return wrk.format(\"")
                .append(form.method())
                .append("\", paths[math.random(#paths)], headers, ")
                .append(form.body().isEmpty() ? "nil" : "[[" + form.body() + "]]")
                .append(")\nend\n")
                .toString();
    }
}
