// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.util.List;
import java.util.Optional;

/// A disk for which counting costs nothing: it drops totals, and says of every header that it is asked for, without a
/// look, that there is a value of 1 KiB; so a removal is still one.
record Uncounted(Disk disk) implements Disk {
    @Override
    public View view() {
        return new Uncounting(disk.view());
    }

    @Override
    public void write(List<Change> changes) {
        disk.write(changes.stream()
                .filter(change -> !(change instanceof Change.Put put && put.family() == Family.TALLY))
                .toList());
    }

    @Override
    public void purge() {
        disk.purge();
    }

    @Override
    public List<byte[]> traces(List<byte[]> sequences) {
        return disk.traces(sequences);
    }

    @Override
    public void reclaim(Family family, byte[] from, byte[] to) {
        disk.reclaim(family, from, to);
    }

    @Override
    public void close() {
        disk.close();
    }

    private record Uncounting(View view) implements View {
        @Override
        public Optional<byte[]> get(Family family, byte[] key) {
            return family == Family.TALLY ? Optional.empty() : view.get(family, key);
        }

        @Override
        public int head(Family family, byte[] key, byte[] into) {
            return 1_024;
        }

        @Override
        public Cursor from(Family family, byte[] key) {
            return view.from(family, key);
        }

        @Override
        public Cursor range(Family family, byte[] from, byte[] to) {
            return view.range(family, from, to);
        }

        @Override
        public void close() {
            view.close();
        }
    }
}
