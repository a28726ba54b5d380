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
    private final Ground ground;
    private final long version;
    private final int page;

    private final Map<StorageKey, Touched> touched = new HashMap<>();
    private final Slots reads = new Slots();
    private final List<Touched> written = new ArrayList<>();
    private Set<Scope> cleared = Set.of();
    private volatile boolean ended;

    /// @param version the commit that the ground shows
    Transaction(Ground ground, long version, int page) {
        this.ground = ground;
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
        Optional<Ciphertext> value = ground.value(entry);
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
        return ground.history().stamps().unchanged(key, Math.min(since, version));
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
        return ground.history().stamps().unchanged(folder, Math.min(since, version));
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
    public Footprint create(StorageKey key, Ciphertext value) {
        Touched entry = touch(key);
        if (!entry.known() && entry.counted()) {
            assert ground.value(entry).isEmpty() : "a value is where none was to be: " + key;
            reads.add(Stamps.slot(key));
            entry.foundNothing();
        }
        write(key, Optional.of(value));
        return entry.counted() ? footprint(value) : Footprint.UNCOUNTED;
    }

    @Override
    public void delete(StorageKey key) {
        write(key, Optional.empty());
    }

    @Override
    public void delete(StorageKey key, Footprint known) {
        Touched entry = touch(key);
        if (!entry.known() && entry.counted()) {
            assert ground.value(entry).map(Transaction::footprint).equals(Optional.of(known))
                    : "another value is there: " + key;
            reads.add(Stamps.slot(key));
            entry.found(known.term(), known.length());
        }
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

    /// The census must know what is replaced, so its header is looked up, if nobody has read it before. Of a removal
    /// that is a read, as it does nothing where nothing is; a value is put whatever is there.
    private void write(StorageKey key, Optional<Ciphertext> value) {
        Touched entry = touch(key);
        if (!entry.known() && entry.counted()) {
            ground.findHeader(entry);
            if (value.isEmpty()) {
                reads.add(Stamps.slot(key));
            }
        }
        if (entry.written()) {
            entry.write(value);
        } else if (value.isPresent() || !entry.absent()) {
            entry.write(value);
            written.add(entry);
        }
    }

    /// Finds again what this run replaces unread, as far as that has changed since. The committer's lock is held.
    ///
    /// @param newest everything accepted
    void settle(Ground newest) {
        for (Touched entry : written) {
            if (entry.blind() && !ground.history().stamps().unchanged(entry.key(), version)) {
                newest.findHeader(entry);
            }
        }
    }

    private static Footprint footprint(Ciphertext value) {
        return new Footprint(value.term(), value.length());
    }

    private Touched touch(StorageKey key) {
        checkRunning();
        Touched entry = touched.get(key);
        if (entry == null) {
            entry = new Touched(key, ground.history().counts(key.scope()));
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
            ground.overlay().collect(folder, pending);
        }
        for (Touched entry : written) {
            if (folder.contains(entry.key())) {
                pending.put(entry.encoded(), entry.value().isPresent());
            }
        }
        hidden |= ground.overlay().hides(folder.scope());
        return new Walk(
                folder,
                hidden ? Optional.empty() : Optional.of(ground.snapshot().view()),
                pending);
    }

    private void checkRunning() {
        if (ended) {
            throw new IllegalStateException("a writer is used after its closure has ended");
        }
    }
}
