// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// A process that writes until it is killed, and says on its output what was acknowledged.
///
/// Each transaction counts one of some counters up and writes its number in two places.
final class KilledWriter {
    static final Folder ROOT = Folder.of(new Scope("kill"));
    static final int COUNTERS = 16;
    private static final int IN_FLIGHT = 32;

    private KilledWriter() {}

    public static void main(String[] args) {
        ExecutorService logThread = Executors.newSingleThreadExecutor();
        Disk disk = RocksDbDisk.open(Path.of(args[0]));
        Committer storage = new Committer(disk, logThread, Observer.none(), Time.system());
        Semaphore permits = new Semaphore(IN_FLIGHT);
        System.out.println("open");
        for (int i = 0; true; i++) {
            int counter = i % COUNTERS;
            permits.acquireUninterruptibly();
            storage.write(writer -> {
                        long next = count(writer, counter) + 1;
                        writer.put(ROOT.key("one/" + counter), value(next));
                        writer.put(ROOT.key("two/" + counter), value(next));
                        return next;
                    })
                    .whenComplete((number, failure) -> {
                        System.out.println(failure == null ? counter + " " + number : "failed");
                        permits.release();
                    });
        }
    }

    static long count(Reader<Ciphertext> reader, int counter) {
        return number(reader, "one/" + counter);
    }

    static long twin(Reader<Ciphertext> reader, int counter) {
        return number(reader, "two/" + counter);
    }

    private static long number(Reader<Ciphertext> reader, String path) {
        return reader.get(ROOT.key(path))
                .map(value -> ByteBuffer.wrap(value.bytes()).getLong(Ciphertext.HEADER_BYTES))
                .orElse(0L);
    }

    private static Ciphertext value(long number) {
        return new Ciphertext(
                ByteBuffer.allocate(200).put((byte) 1).putInt(1).putLong(number).array());
    }
}
