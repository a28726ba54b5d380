// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The disk's own rate: a few bytes at the end of a file, synced, one after the other.
final class Appends {
    static final int BYTES = 256;

    private Appends() {}

    static double rate(Path file, Duration time) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long count = 0;
            long began = System.nanoTime();
            while (System.nanoTime() - began < time.toNanos()) {
                channel.write(ByteBuffer.allocate(BYTES));
                channel.force(false);
                count++;
            }
            return count * 1e9 / (System.nanoTime() - began);
        }
    }
}
