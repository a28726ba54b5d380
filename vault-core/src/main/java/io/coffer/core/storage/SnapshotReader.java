// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Optional;

/// Reads one durable snapshot. Nothing is recorded: a read conflicts with nothing.
final class SnapshotReader implements EncryptedStore.Walks, AutoCloseable {
    private final Snapshot snapshot;
    private final Stamps stamps;
    private final int page;
    private volatile boolean ended;

    SnapshotReader(Snapshot snapshot, Stamps stamps, int page) {
        this.snapshot = snapshot;
        this.stamps = stamps;
        this.page = page;
    }

    @Override
    public Optional<Ciphertext> get(StorageKey key) {
        return view().get(key.scope().family(), key.encoded()).map(Ciphertext::new);
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
    public Page<Stored> walk(Folder folder, String after, int limit, long bytes) {
        try (Walk walk = walk(folder, limit)) {
            return walk.values(after, limit, bytes);
        }
    }

    @Override
    public boolean unchanged(StorageKey key, long since) {
        return stamps.unchanged(key, Math.min(since, version()));
    }

    @Override
    public boolean unchanged(Folder folder, long since) {
        return stamps.unchanged(folder, Math.min(since, version()));
    }

    @Override
    public long version() {
        view();
        return snapshot.version();
    }

    @Override
    public void close() {
        ended = true;
    }

    private Walk walk(Folder folder, int limit) {
        Disk.View view = view();
        checkLimit(limit, page);
        return new Walk(folder, Optional.of(view), Walk.changes());
    }

    private Disk.View view() {
        if (ended) {
            throw new IllegalStateException("a reader is used after its closure has ended");
        }
        return snapshot.view();
    }

    static void checkLimit(int limit, int page) {
        if (limit < 1 || limit > page) {
            throw new IllegalArgumentException("limit must be 1 to " + page + ", not " + limit);
        }
    }
}
