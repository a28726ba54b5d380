// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/// One run of a write: remembers what it read, for the conflict check, and what it wrote, which its own
/// reads show.
///
/// It stands on a durable snapshot, or on that and everything accepted since. Used by one thread while
/// it runs.
final class Transaction implements EncryptedStore.Exchange, AutoCloseable {
    private final Snapshot snapshot;
    private final Overlay overlay;
    private final Stamps stamps;
    private final long version;
    private final int page;

    private final Map<StorageKey, Touched> touched = new HashMap<>();
    private final Slots reads = new Slots();
    private final List<Touched> written = new ArrayList<>();
    private Set<Scope> cleared = Set.of();
    private volatile boolean ended;

    /// @param version the commit that snapshot and overlay show together
    Transaction(Snapshot snapshot, Overlay overlay, Stamps stamps, long version, int page) {
        this.snapshot = snapshot;
        this.overlay = overlay;
        this.stamps = stamps;
        this.version = version;
        this.page = page;
    }

    @Override
    public Optional<Ciphertext> get(StorageKey key) {
        Touched entry = touch(key);
        if (entry.written()) {
            return entry.value();
        }
        if (entry.absent()) {
            return Optional.empty();
        }
        Optional<Ciphertext> value = stored(entry);
        if (!entry.known()) {
            reads.add(Stamps.slot(key));
            value.ifPresentOrElse(v -> entry.found(v.term(), v.length()), entry::foundNothing);
        }
        return value;
    }

    @Override
    public Page<String> list(Folder folder, String after, int limit) {
        try (Walk walk = walk(folder, limit)) {
            return walk.children(after, limit);
        }
    }

    @Override
    public Page<StorageKey> scan(Folder folder, String after, int limit) {
        try (Walk walk = walk(folder, limit)) {
            return walk.keys(after, limit);
        }
    }

    @Override
    public boolean unchanged(StorageKey key, long since) {
        checkRunning();
        Touched entry = touched.get(key);
        if (entry != null && entry.written() || cleared.contains(key.scope())) {
            return false;
        }
        reads.add(Stamps.slot(key));
        return stamps.unchanged(key, Math.min(since, version));
    }

    @Override
    public boolean unchanged(Folder folder, long since) {
        checkRunning();
        if (cleared.contains(folder.scope())) {
            return false;
        }
        for (Touched entry : written) {
            if (folder.contains(entry.key())) {
                return false;
            }
        }
        reads.add(Stamps.slot(folder));
        return stamps.unchanged(folder, Math.min(since, version));
    }

    @Override
    public long version() {
        checkRunning();
        return version;
    }

    @Override
    public void put(StorageKey key, Ciphertext value) {
        write(key, Optional.of(value));
    }

    @Override
    public void create(StorageKey key, Ciphertext value) {
        Touched entry = touch(key);
        if (!entry.known()) {
            assert isFree(entry) : "a value is where none was to be: " + key;
            reads.add(Stamps.slot(key));
            entry.foundNothing();
        }
        write(key, Optional.of(value));
    }

    @Override
    public void delete(StorageKey key) {
        write(key, Optional.empty());
    }

    @Override
    public boolean replace(Stored before, Ciphertext after, long since) {
        StorageKey key = before.key();
        Ciphertext there = before.value();
        if (!unchanged(key, since)
                && get(key).filter(now -> Arrays.equals(now.bytes(), there.bytes()))
                        .isEmpty()) {
            return false;
        }
        Touched entry = touch(key);
        if (!entry.known()) {
            entry.found(there.term(), there.length());
        }
        write(key, Optional.of(after));
        return true;
    }

    @Override
    public void clear(Folder folder) {
        checkRunning();
        if (!folder.path().isEmpty()) {
            throw new IllegalArgumentException("only a whole scope can be cleared, not " + folder);
        }
        if (cleared.isEmpty()) {
            cleared = new HashSet<>();
        }
        cleared.add(folder.scope());
        written.removeIf(entry -> entry.key().scope().equals(folder.scope()));
        for (Touched entry : touched.values()) {
            if (entry.key().scope().equals(folder.scope())) {
                entry.cleared();
            }
        }
    }

    /// No call is answered any more.
    @Override
    public void close() {
        ended = true;
    }

    /// Everything that this run read: keys, and folders that it listed.
    Slots reads() {
        return reads;
    }

    /// The changed keys, in the order of their first change; they come after the {@link #cleared} scopes.
    List<Touched> written() {
        return written;
    }

    Set<Scope> cleared() {
        return cleared;
    }

    long readVersion() {
        return version;
    }

    boolean wroteNothing() {
        return written.isEmpty() && cleared.isEmpty();
    }

    /// Every place in the table of stamps that this run changes.
    Slots stamped() {
        Slots slots = new Slots();
        for (Touched entry : written) {
            Stamps.collect(entry.key(), slots);
        }
        return slots;
    }

    /// Drops every change: the closure has thrown.
    void forget() {
        written.clear();
        cleared = Set.of();
    }

    /// Each changed value's key is read too, at least its header: the census must know what it replaces.
    private void write(StorageKey key, Optional<Ciphertext> value) {
        Touched entry = touch(key);
        if (!entry.known() && key.scope().counted()) {
            reads.add(Stamps.slot(key));
            readHeader(entry);
        }
        if (entry.written()) {
            entry.write(value);
        } else if (value.isPresent() || !entry.absent()) {
            entry.write(value);
            written.add(entry);
        }
    }

    private void readHeader(Touched entry) {
        Optional<Touched> accepted = overlay.find(entry.key());
        if (accepted.isPresent()) {
            accepted.get().value().ifPresentOrElse(v -> entry.found(v.term(), v.length()), entry::foundNothing);
            return;
        }
        byte[] header = new byte[Ciphertext.HEADER_BYTES];
        int length = overlay.hides(entry.key().scope())
                ? Disk.ABSENT
                : snapshot.view().head(entry.key().scope().family(), entry.encoded(), header);
        if (length == Disk.ABSENT) {
            entry.foundNothing();
        } else {
            entry.found(Ciphertext.term(header, length), length);
        }
    }

    private boolean isFree(Touched entry) {
        return stored(entry).isEmpty();
    }

    private Optional<Ciphertext> stored(Touched entry) {
        Optional<Touched> accepted = overlay.find(entry.key());
        if (accepted.isPresent()) {
            return accepted.get().value();
        }
        Scope scope = entry.key().scope();
        return overlay.hides(scope)
                ? Optional.empty()
                : snapshot.view().get(scope.family(), entry.encoded()).map(Ciphertext::new);
    }

    private Touched touch(StorageKey key) {
        checkRunning();
        Touched entry = touched.get(key);
        if (entry == null) {
            entry = new Touched(key);
            if (cleared.contains(key.scope())) {
                entry.foundNothing();
            }
            touched.put(key, entry);
        }
        return entry;
    }

    private Walk walk(Folder folder, int limit) {
        checkRunning();
        SnapshotReader.checkLimit(limit, page);
        reads.add(Stamps.slot(folder));
        NavigableMap<byte[], Boolean> pending = Walk.changes();
        boolean hidden = cleared.contains(folder.scope());
        if (!hidden) {
            overlay.collect(folder, pending);
        }
        for (Touched entry : written) {
            if (folder.contains(entry.key())) {
                pending.put(entry.encoded(), entry.value().isPresent());
            }
        }
        hidden |= overlay.hides(folder.scope());
        return new Walk(folder, hidden ? Optional.empty() : Optional.of(snapshot.view()), pending);
    }

    private void checkRunning() {
        if (ended) {
            throw new IllegalStateException("a writer is used after its closure has ended");
        }
    }
}
