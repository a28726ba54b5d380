// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A client that sends frames of HTTP/2 as it is told to, good ones and others.
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int GO_AWAY = 7;
    static final int WINDOW = 8;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 0x20;
    private static final int PRIORITY_BYTES = 5;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    /// @param status of an answer; 0 in other frames
    record Frame(int type, int flags, int stream, byte[] payload, int status) {
        /// Of a reset or the end of a connection.
        int error() {
            int at = payload.length == 4 ? 0 : 4;
            return Unpooled.wrappedBuffer(payload).getInt(at);
        }
    }

    private RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static RawHttp2 over(SSLSocket socket) throws IOException {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals("h2")) {
            throw new IOException("the server chose " + socket.getApplicationProtocol());
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        RawHttp2 client = new RawHttp2(socket);
        client.out.write(PREFACE);
        client.frame(SETTINGS, 0, 0, new byte[0]);
        return client;
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    /// A request, which has no body if it ends here.
    void request(int stream, boolean ends, String... headers) throws IOException {
        frame(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), stream, literals(headers));
    }

    void get(int stream, String path) throws IOException {
        request(stream, true, ":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", path);
    }

    void reset(int stream) throws IOException {
        frame(RESET, 0, stream, new byte[] {0, 0, 0, 8});
    }

    /// Names and values in turn, each as a literal that no table remembers.
    static byte[] literals(String... headers) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < headers.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            byte[] text = headers[i].getBytes(StandardCharsets.UTF_8);
            int length = text.length;
            block.write(Math.min(length, 127));
            if (length >= 127) {
                for (length -= 127; length >= 128; length >>= 7) {
                    block.write(length & 127 | 128);
                }
                block.write(length);
            }
            block.write(text);
        }
        return block.toByteArray();
    }

    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        return new Frame(type, flags, stream, payload, type == HEADERS ? status(stream, flags, payload) : 0);
    }

    /// The next frame of one of these types, whatever comes before it.
    Frame next(int... types) throws IOException {
        while (true) {
            Frame frame = read();
            for (int type : types) {
                if (frame.type() == type) {
                    return frame;
                }
            }
        }
    }

    private int status(int stream, int flags, byte[] payload) throws IOException {
        int from = (flags & PRIORITY) == 0 ? 0 : PRIORITY_BYTES;
        try {
            Http2Headers decoded =
                    decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload, from, payload.length - from));
            return Integer.parseInt(decoded.status().toString());
        } catch (Http2Exception malformed) {
            throw new IOException(malformed);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
