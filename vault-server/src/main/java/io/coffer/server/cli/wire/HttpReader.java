// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads answers from a connection, within limits. What is ambiguous is refused: two lengths, a length
/// beside chunks, a line that is no header.
final class HttpReader {
    private final InputStream in;
    private final WireLimits limits;
    private final byte[] buffer = new byte[16 << 10];
    private int from;
    private int to;

    HttpReader(InputStream in, WireLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// An answer and whether the connection can carry another call.
    record Framed(HttpAnswer answer, boolean open) {}

    /// @throws WireException.Stale if the connection ended before the first byte
    Framed read(String method) throws IOException {
        if (from == to && !fill()) {
            throw new WireException.Stale();
        }
        while (true) {
            int[] head = {limits.headBytes()};
            String status = line(head);
            Headers headers = headers(head);
            int code = code(status);
            if (code < 200) {
                if (code == 101) {
                    throw new WireException("the server changed to another protocol; is this address a vault?");
                }
                continue;
            }
            boolean close =
                    headers.get("Connection").orElse("").equalsIgnoreCase("close") || status.startsWith("HTTP/1.0");
            if (method.equals("HEAD") || code == 204 || code == 304) {
                return new Framed(new HttpAnswer(code, headers, new byte[0], ""), !close);
            }
            boolean framed = headers.count("Transfer-Encoding") + headers.count("Content-Length") > 0;
            return new Framed(new HttpAnswer(code, headers, body(headers), ""), framed && !close);
        }
    }

    private byte[] body(Headers headers) throws IOException {
        int chunked = headers.count("Transfer-Encoding");
        int lengths = headers.count("Content-Length");
        if (chunked + lengths > 1) {
            throw new WireException("the server says the length of its answer more than once");
        }
        if (chunked == 1) {
            if (!headers.get("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
                throw new WireException("the server uses a transfer coding that this client does not know");
            }
            return chunks();
        }
        if (lengths == 1) {
            return exactly(number(headers.get("Content-Length").orElse(""), 10));
        }
        return toTheEnd();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int[] overhead = {limits.headBytes()};
        while (true) {
            String size = line(overhead);
            int extension = size.indexOf(';');
            int length = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            if (length == 0) {
                headers(overhead);
                return body.toByteArray();
            }
            checkBody((long) body.size() + length);
            body.write(exactly(length));
            overhead[0] = limits.headBytes();
            if (!line(overhead).isEmpty()) {
                throw new WireException("a chunk of the answer is longer than it says");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        checkBody(length);
        // Grows with what arrives: a length is only a claim.
        byte[] body = new byte[Math.min(length, buffer.length)];
        int at = 0;
        while (at < length) {
            if (from == to && !fill()) {
                throw new WireException("the answer was cut off after " + at + " of " + length + " bytes");
            }
            int part = Math.min(length - at, to - from);
            if (at + part > body.length) {
                body = Arrays.copyOf(body, (int) Math.min(length, Math.max(at + part, body.length * 2L)));
            }
            System.arraycopy(buffer, from, body, at, part);
            from += part;
            at += part;
        }
        return body;
    }

    private byte[] toTheEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (from < to || fill()) {
            checkBody((long) body.size() + to - from);
            body.write(buffer, from, to - from);
            from = to;
        }
        return body.toByteArray();
    }

    private void checkBody(long length) throws WireException {
        if (length > limits.bodyBytes()) {
            throw new WireException("the answer is longer than " + limits.bodyBytes() + " bytes");
        }
    }

    private Headers headers(int[] left) throws IOException {
        Headers headers = new Headers();
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            int colon = line.indexOf(':');
            try {
                headers.add(
                        line.substring(0, Math.max(0, colon)),
                        line.substring(colon + 1).strip());
            } catch (IllegalArgumentException malformed) {
                throw new WireException("the answer has a malformed header", malformed);
            }
        }
        return headers;
    }

    private static int code(String status) throws WireException {
        if (status.length() >= 12 && (status.startsWith("HTTP/1.1 ") || status.startsWith("HTTP/1.0 "))) {
            int code = number(status.substring(9, 12), 10);
            if (code >= 100 && code <= 599 && (status.length() == 12 || status.charAt(12) == ' ')) {
                return code;
            }
        }
        throw new WireException(
                "that is no answer of a vault; a server with TLS needs an address that starts with https://");
    }

    private static int number(String digits, int radix) throws WireException {
        try {
            if (!digits.startsWith("+") && !digits.startsWith("-")) {
                return Integer.parseInt(digits, radix);
            }
        } catch (NumberFormatException malformed) {
            if (digits.length() > 7) {
                throw new WireException("the answer is longer than this client reads", malformed);
            }
        }
        throw new WireException("the answer has a malformed length or status");
    }

    private String line(int[] left) throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (from == to && !fill()) {
                throw new WireException("the answer was cut off");
            }
            int b = buffer[from++];
            if (--left[0] < 0) {
                throw new WireException("the head of the answer is longer than " + limits.headBytes() + " bytes");
            }
            if (b == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            line.append((char) (b & 0xff));
        }
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer);
        from = 0;
        to = Math.max(0, count);
        return count > 0;
    }
}
