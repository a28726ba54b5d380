// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Requests of one kind, as bytes ready to be sent: one of a few at random, or each with the next number.
final class Requests {
    /// Stands in a path, a token or a body for a number.
    private static final String NUMBER = "#";

    private final Form form;
    private final List<String> paths;
    private final byte[][] ready;
    private final AtomicInteger made = new AtomicInteger();

    /// @param token empty for none
    record Form(String method, String token, String body) {
        byte[] bytes(String path) {
            String credential = token.isEmpty() ? "" : "X-Vault-Token: " + token + "\r\n";
            String framing = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + credential + framing + "\r\n";
            return (head + body).getBytes(StandardCharsets.US_ASCII);
        }

        private byte[] bytes(String path, int number) {
            String text = Integer.toString(number);
            Form same = new Form(method, token.replace(NUMBER, text), body.replace(NUMBER, text));
            return same.bytes(path.replace(NUMBER, text));
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

    static Requests of(Form form, List<String> paths) {
        return new Requests(
                form, List.copyOf(paths), paths.stream().map(form::bytes).toArray(byte[][]::new));
    }

    /// One of these numbers at random.
    static Requests among(IntStream numbers, Form form, String path) {
        return new Requests(
                form,
                List.of(path),
                numbers.mapToObj(number -> form.bytes(path, number)).toArray(byte[][]::new));
    }

    /// The numbers from 0 on, one after the other.
    static Requests numbered(Form form, String path) {
        return new Requests(form, List.of(path), new byte[0][]);
    }

    byte[] next(SplittableRandom dice) {
        return ready.length == 0
                ? form.bytes(paths.getFirst(), made.getAndIncrement())
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
