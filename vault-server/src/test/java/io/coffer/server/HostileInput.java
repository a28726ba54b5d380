// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Requests as somebody sends them who wants to break the daemon: each kind by itself, and mixed and bent at random.
final class HostileInput {
    private static final List<String> PATHS = List.of(
            "secret/data/../x",
            "secret/data/%2e%2e/x",
            "secret/%2E%2e%2fdata",
            "secret/data//x",
            "secret/data/./x",
            "secret/data/%00",
            "secret/data/a%0ab",
            "secret/data/%e2%80%a8",
            "secret/data/%ff%fe",
            "secret/data/%c0%af",
            "secret/data/%ed%a0%80",
            "secret/data/%",
            "secret/data/%2",
            "secret/data/%zz",
            "secret/data/a b",
            "secret/data/a\tb",
            "secret/data/\u00e9",
            "secret/data/a#b",
            "secret/data/a?list=2",
            "secret/data/a?list=true&scan=true",
            "secret/data/a?%ff=1",
            "secret/data/a?version=abc",
            "secret/data/a?version=99999999999999999999",
            "secret/data/" + "a".repeat(5_000),
            "secret/data/" + "%61".repeat(5_000),
            "secret/data/" + "a/".repeat(2_000) + "a",
            "",
            "/",
            "sys/",
            "no/such/mount",
            "secret/no-such-endpoint/x",
            "sys/mounts/%2e%2e",
            "sys/mounts/" + "m".repeat(300));

    private static final List<String> BODIES = List.of(
            "[".repeat(65) + "]".repeat(65),
            "{\"a\":".repeat(100_000),
            "{\"data\":" + "[".repeat(63) + "]".repeat(63) + "}",
            "{\"data\":{\"a\":1,\"a\":2}}",
            "{\"data\":{},\"data\":{}}",
            "{\"data\":{\"a\":",
            "{\"data\":{\"a\":\"b",
            "{\"data\":{\"a\":\"\\u12",
            "{\"data\":[1,2]}",
            "{\"data\":7}",
            "{\"data\":null}",
            "{\"data\":{\"a\":1},\"options\":{\"cas\":\"x\"}}",
            "{\"data\":{\"a\":1},\"options\":{\"cas\":-1}}",
            "{\"data\":{\"a\":1},\"options\":{\"cas\":1e400}}",
            "{\"data\":{\"a\":1},\"options\":[]}",
            "{\"data\":{\"a\":1" + "0".repeat(2_000) + "}}",
            "{\"data\":{\"a\":01}}",
            "{\"data\":{\"a\":NaN}}",
            "{\"data\":{\"a\":\"\\ud800\"}}",
            "{\"data\":{\"\\u0000\":\"\\u0000\"}}",
            "{\"data\":{\"a\":\"" + "x".repeat((1 << 20) + 1) + "\"}}",
            "{\"data\":{\"a\":[" + "\"\",".repeat(100_001) + "\"\"]}}",
            "{\"data\":{}} trailing",
            "{\"data\":{}}{\"data\":{}}",
            "{'data':{}}",
            "{\"data\":{\"a\":\"\u0001\"}}",
            "\u00ef\u00bb\u00bf{}",
            "{\"data\":{\"a\":\"\u00ff\u00fe\"}}",
            "{\"data\":{\"a\":\"\u00ed\u00a0\u0080\"}}",
            "{\"data\":{\"a\":\"\u00c0\u0080\"}}",
            "\u0000",
            "nul",
            "\"text\"",
            "data=x&data=y");

    private static final List<String> HEADERS = List.of(
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Content-Length: -1",
            "Content-Length: +5",
            "Content-Length: 5, 5",
            "Content-Length: 0x5",
            "Content-Length: 99999999999999999999",
            "Content-Length: 33554433",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding:\u000bchunked",
            " X-Folded: x",
            "X-Folded: a\r\n b",
            "No-Colon",
            ": no-name",
            "X-Nul: a\u0000b",
            "X-Nul\u0000: b",
            "X-Cr: a\rb",
            "X-Large: " + "x".repeat(70_000),
            "X-Many: 1\r\n".repeat(8_000) + "X-End: 1",
            "Host: y",
            "Host: a b",
            "X-Vault-Token: again",
            "X-Vault-Token: \u0001",
            "Authorization: Bearer \u00e9",
            "X-Vault-Namespace: ../x",
            "X-Vault-Wrap-TTL: never",
            "X-Vault-Wrap-TTL: -5",
            "Expect: 100-continue",
            "Expect: miracle",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Connection: close",
            "Content-Type: application/merge-patch+json",
            "Content-Type: \u0000",
            "Content-Type: application/x-www-form-urlencoded");

    private static final List<String> CHUNKS = List.of(
            "5\r\nhello\r\n0\r\n\r\n",
            "-5\r\nhello\r\n0\r\n\r\n",
            "fffffffff\r\nhello",
            "80000000\r\nhello",
            "5;" + "x".repeat(70_000) + "\r\nhello\r\n0\r\n\r\n",
            "zz\r\nhello",
            "5\r\nhelloX\r\n0\r\n\r\n",
            "\r\n\r\n",
            "0\r\n" + "T: x\r\n".repeat(20_000) + "\r\n",
            "0\r\nContent-Length: 5\r\n\r\n",
            "5\nhello\n0\n\n");

    private static final List<String> LINES = List.of(
            "GET",
            "GET /v1/sys/health",
            "GET  /v1/sys/health  HTTP/1.1",
            "GET /v1/sys/health HTTP/9.9",
            "GET /v1/sys/health HTTP/2.0",
            "GET /v1/sys/health HTTP/1.1 x",
            "GET /v1/sys/health http/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT x:1 HTTP/1.1",
            "TRACE /v1/sys/health HTTP/1.1",
            "G\u0000T /v1/sys/health HTTP/1.1",
            "get /v1/sys/health HTTP/1.1",
            "X".repeat(20_000) + " / HTTP/1.1",
            "GET /" + "x".repeat(20_000) + " HTTP/1.1",
            "GET http://other/v1/sys/health HTTP/1.1",
            "GET http:// HTTP/1.1",
            "GET ftp://x/v1/sys/health HTTP/1.1",
            "GET v1/sys/health HTTP/1.1",
            "GET \\v1\\sys HTTP/1.1",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
            "PRI * HTTP/2.0");

    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "PATCH", "DELETE", "LIST", "SCAN", "HEAD", "HELP", "OPTIONS", "BREW");

    private final Random dice;

    HostileInput(long seed) {
        dice = new Random(seed);
    }

    /// The bytes of one request, or of something that is none.
    byte[] next() {
        String text =
                switch (dice.nextInt(6)) {
                    case 0 -> RunningServer.request(one(METHODS), one(PATHS), "{}");
                    case 1 -> RunningServer.request(one(List.of("PUT", "POST")), "secret/data/x", one(BODIES));
                    case 2 -> head("PUT", "secret/data/x") + one(HEADERS) + "\r\n\r\n" + one(CHUNKS);
                    case 3 -> head("PUT", "secret/data/x") + "Transfer-Encoding: chunked\r\n\r\n" + one(CHUNKS);
                    case 4 ->
                        one(LINES) + "\r\nHost: x\r\n" + (dice.nextBoolean() ? one(HEADERS) + "\r\n" : "") + "\r\n";
                    default -> RunningServer.request(one(METHODS), "secret/data/x", one(BODIES.subList(2, 15)));
                };
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return dice.nextInt(3) == 0 ? bent(bytes) : bytes;
    }

    private static String head(String method, String path) {
        return method + " /v1/" + path + " HTTP/1.1\r\nHost: x\r\nX-Vault-Token: " + RunningServer.TOKEN + "\r\n";
    }

    /// Some bytes of it changed, taken out or put in, or its end cut off.
    private byte[] bent(byte[] whole) {
        byte[] bytes = whole;
        for (int i = 1 + dice.nextInt(3); i > 0 && bytes.length > 1; i--) {
            int at = dice.nextInt(Math.min(bytes.length, 400));
            byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
            byte[] front = Arrays.copyOf(bytes, at);
            bytes = switch (dice.nextInt(4)) {
                case 0 -> front;
                case 1 -> joined(front, new byte[] {(byte) dice.nextInt(256)}, tail);
                case 2 -> joined(front, Arrays.copyOfRange(tail, 1, tail.length));
                default ->
                    joined(front, new byte[] {(byte) dice.nextInt(256)}, Arrays.copyOfRange(tail, 1, tail.length));
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private String one(List<String> choices) {
        return choices.get(dice.nextInt(choices.size()));
    }
}
