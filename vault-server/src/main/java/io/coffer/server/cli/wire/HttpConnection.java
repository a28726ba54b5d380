// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A link over which calls go one after another.
final class HttpConnection {
    private final Address address;
    private final Link link;
    private final HttpReader reader;
    private boolean open = true;

    HttpConnection(Address address, Link link, WireLimits limits) {
        this.address = address;
        this.link = link;
        this.reader = new HttpReader(link.in(), limits);
    }

    Link link() {
        return link;
    }

    Address address() {
        return address;
    }

    boolean open() {
        return open;
    }

    HttpAnswer exchange(HttpCall call) throws IOException {
        open = false;
        try {
            link.out().write(head(call));
            link.out().write(call.body());
            link.out().flush();
        } catch (IOException refusedEarly) {
            // A server may answer and close before it has read a body that it does not want; its answer says more.
            return answer(call.method(), refusedEarly);
        }
        HttpReader.Framed framed = reader.read(call.method());
        open = framed.open();
        return framed.answer();
    }

    private HttpAnswer answer(String method, IOException writing) throws IOException {
        try {
            return reader.read(method).answer();
        } catch (IOException nothing) {
            writing.addSuppressed(nothing);
            if (nothing instanceof WireException.Stale) {
                throw nothing;
            }
            throw writing;
        }
    }

    private byte[] head(HttpCall call) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        text(
                head,
                call.method() + " " + address.prefix() + call.target() + " HTTP/1.1\r\nHost: " + address.host()
                        + "\r\n");
        for (int i = 0; i < call.headers().size(); i++) {
            text(head, call.headers().name(i) + ": ");
            head.write(call.headers().value(i));
            text(head, "\r\n");
        }
        if (call.body().length > 0 || !call.reads() && !call.method().equals("DELETE")) {
            text(head, "Content-Length: " + call.body().length + "\r\n");
        }
        text(head, "\r\n");
        return head.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
