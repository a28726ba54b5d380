// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// All connections on one thread, so that as much of the machine as can be is left to what is measured.
final class NioLoad implements Load {
    @Override
    public String name() {
        return "one thread over NIO";
    }

    @Override
    public Load withTls(Certificate certificate) {
        return new TlsLoad(certificate.trusted());
    }

    @Override
    public double rate(int port, Requests requests, int connections, Duration time) throws IOException {
        SplittableRandom dice = new SplittableRandom();
        Supplier<byte[]> next = () -> requests.next(dice);
        try (Connections all = new Connections(port, connections)) {
            all.run(next, until(System.nanoTime() + time.toNanos() / 5));
            long began = System.nanoTime();
            long answers = all.run(next, until(began + time.toNanos()));
            return answers * 1e9 / (System.nanoTime() - began);
        }
    }

    private static BooleanSupplier until(long end) {
        return () -> System.nanoTime() - end < 0;
    }

    /// Sends so many requests and no more.
    ///
    /// @return answers a second
    double all(int port, Requests requests, int count, int connections) throws IOException {
        SplittableRandom dice = new SplittableRandom();
        int first = Math.min(connections, count);
        AtomicInteger left = new AtomicInteger(count - first);
        try (Connections all = new Connections(port, first)) {
            long began = System.nanoTime();
            long answers = all.run(() -> requests.next(dice), () -> left.getAndDecrement() > 0);
            return answers * 1e9 / (System.nanoTime() - began);
        }
    }
}
