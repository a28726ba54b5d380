// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;

/// A thread for each connection, over the JDK's TLS. Costs more of the machine than the other one: its
/// figures are to be compared with its own.
record TlsLoad(SSLContext context) implements Load {
    @Override
    public String name() {
        return "a thread for each connection over the JDK's TLS";
    }

    @Override
    public Load withTls(Certificate certificate) {
        return this;
    }

    @Override
    public double rate(int port, Requests requests, int connections, Duration time)
            throws IOException, InterruptedException {
        LongAdder answers = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                SplittableRandom dice = new SplittableRandom(System.nanoTime() + i);
                all.add(threads.submit(() -> {
                    talk(port, requests, dice, answers, over);
                    return true;
                }));
            }
            TimeUnit.NANOSECONDS.sleep(time.toNanos() / 5);
            long began = System.nanoTime();
            long before = answers.sum();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            double rate = (answers.sum() - before) * 1e9 / (System.nanoTime() - began);
            over.set(true);
            for (Future<?> one : all) {
                one.get();
            }
            return rate;
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private void talk(int port, Requests requests, SplittableRandom dice, LongAdder answers, AtomicBoolean over)
            throws IOException {
        try (var socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (!over.get()) {
                out.write(requests.next(dice));
                out.flush();
                take(in);
                answers.increment();
            }
        }
    }

    private static void take(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                length = Integer.parseInt(header.substring("content-length: ".length()));
            }
        }
        in.readNBytes(length);
        if (!status.matches("HTTP/1.1 20[04] .*")) {
            throw new IOException(status);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed a connection");
            }
            line.append((char) b);
        }
        return line.substring(0, line.length() - 1);
    }
}
