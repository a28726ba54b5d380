// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A target with little room, which a test can also hold up.
final class StubTarget implements Target {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch go;
    final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
    volatile boolean opens = true;

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final AtomicInteger calls = new AtomicInteger();

    /// @param held whether the first write waits for `go`
    StubTarget(boolean held) {
        go = new CountDownLatch(held ? 1 : 0);
    }

    @Override
    public Opened open() throws IOException {
        if (!opens) {
            throw new IOException("it does not open");
        }
        return new Opened(new Channel(), !text().isEmpty() && !text().endsWith("\n"));
    }

    String text() {
        return taken.toString(StandardCharsets.UTF_8);
    }

    int calls() {
        return calls.get();
    }

    private final class Channel implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            calls.incrementAndGet();
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException stop) {
                throw new IOException(stop);
            }
            if (room.get() == 0) {
                throw new IOException("No space left on device");
            }
            int count = Math.min(room.get(), bytes.remaining());
            byte[] part = new byte[count];
            bytes.get(part);
            taken.writeBytes(part);
            room.addAndGet(-count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
