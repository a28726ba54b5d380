// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A client that sends bytes as they are and reads one HTTP/1 answer after the other.
public final class Raw implements AutoCloseable {
    /// So long that only a server that never answers reaches it.
    private static final int PATIENCE_MILLIS = 20_000;

    public record Answered(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final AutoCloseable channel;
    private final InputStream in;
    private final OutputStream out;

    private Raw(AutoCloseable channel, InputStream in, OutputStream out) {
        this.channel = channel;
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    public static Raw tcp(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public static Raw over(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Raw(socket, socket.getInputStream(), socket.getOutputStream());
    }

    public static Raw unix(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return new Raw(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /// The next answer; its body by its Content-Length.
    public Answered answer() throws IOException {
        return answer(true);
    }

    public Answered answer(boolean withBody) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Answered(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /// Waits until the server closes; whether it had nothing more to say.
    public boolean closedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /// Reads until the server closes, whatever comes.
    public byte[] rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketTimeoutException open) {
            throw new IOException("not closed after: " + all.toString(StandardCharsets.ISO_8859_1), open);
        } catch (java.net.SocketException reset) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IOException(impossible);
        }
    }
}
