// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.MemoryDisk;
import java.util.ArrayList;
import java.util.List;

/// A disk in memory that tells what is asked of its files, and fails or lies when the test says so.
final class WatchedDisk implements Disk {
    final List<String> asked = new ArrayList<>();
    List<byte[]> left = List.of();
    boolean fails;
    int writes;
    private final MemoryDisk memory = new MemoryDisk();

    @Override
    public View view() {
        return memory.view();
    }

    @Override
    public void write(List<Change> changes) {
        writes++;
        memory.write(changes);
    }

    @Override
    public void purge() {
        asked.add("purge");
        if (fails) {
            throw new StorageUnavailableException("an older state is still being read");
        }
    }

    @Override
    public List<byte[]> traces(List<byte[]> sequences) {
        asked.add("traces of " + sequences.size());
        return left.isEmpty() ? memory.traces(sequences) : left;
    }

    @Override
    public void reclaim(Family family, byte[] from, byte[] to) {
        asked.add("reclaim " + family);
    }

    @Override
    public void close() {
        memory.close();
    }
}
