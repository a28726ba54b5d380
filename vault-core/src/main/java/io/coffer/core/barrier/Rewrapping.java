// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.EncryptedStore;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Moves the values of a scope to its primary term, a stretch of them at a time.
///
/// A stretch is read and encrypted anew on a snapshot, beside everybody else. Then each value is put in the place of
/// the one it came from, if that is there still and the primary has not changed; whoever writes meanwhile wins. So a
/// kill at any point leaves each value as it was or moved, and a stretch can be gone through again.
public final class Rewrapping {
    /// How many values one transaction exchanges: what a writer that meets it waits for at most.
    private static final int EXCHANGED = 64;

    /// How many bytes a stretch has, but for its last value.
    private static final long BYTES = 1L << 20;

    private static final int KEYRINGS = 64;

    private Rewrapping() {}

    /// What became of a stretch.
    ///
    /// @param after where the next one begins; empty if this was the last
    /// @param moved how many values are under the primary that were not
    /// @param bytes how long those are
    /// @param skipped what does not open, and stays as it is
    public record Stretch(Optional<String> after, int moved, long bytes, List<StorageKey> skipped, Durability durable) {
        static final Stretch NOTHING = new Stretch(Optional.empty(), 0, 0, List.of(), new Durability(List.of()));
    }

    /// How far the disk is. What it loses is as if it had not been moved.
    public static final class Durability {
        private final List<CompletableFuture<Boolean>> stages;

        private Durability(List<CompletableFuture<Boolean>> stages) {
            this.stages = List.copyOf(stages);
        }

        /// @throws StorageUnavailableException if the disk failed
        public boolean isReached() {
            for (CompletableFuture<Boolean> stage : stages) {
                if (stage.isCompletedExceptionally()) {
                    throw new StorageUnavailableException("values that were moved are lost", stage.exceptionNow());
                }
            }
            return stages.stream().allMatch(CompletableFuture::isDone);
        }

        /// Waits for it. Not inside the vault's door.
        public void await() {
            stages.forEach(CompletableFuture::join);
        }
    }

    /// A value that is encrypted anew.
    private record Fresh(Stored before, Ciphertext after) {}

    /// What one snapshot showed.
    ///
    /// @param version of the snapshot
    private record Found(
            Keyring keyring, long version, Page<Stored> page, List<Fresh> fresh, List<StorageKey> skipped) {}

    /// Goes through the next values of a scope. The keyrings of `keys` are gone through like values.
    ///
    /// @param after the path of the last value before; empty to begin
    /// @param limit how many values are looked at, at most
    /// @throws CorruptedException if the scope's keyring does not open, or a file is damaged where the values lie:
    ///     before the first of them, or up to one behind the last
    public static Stretch next(Barrier barrier, Scope scope, String after, int limit) {
        if (scope.equals(Scope.KEYS)) {
            return keyrings(barrier, after);
        }
        OpenSnapshot.requireValue(scope);
        Optional<Found> found = barrier.storage().inspect(reader -> find(barrier, reader, scope, after, limit));
        return found.map(some -> exchange(barrier, scope, some)).orElse(Stretch.NOTHING);
    }

    private static Optional<Found> find(
            Barrier barrier, EncryptedStore.Walks reader, Scope scope, String after, int limit) {
        Optional<Keyring> keyring = barrier.keyrings().of(scope, reader);
        if (keyring.isEmpty()) {
            return Optional.empty();
        }
        int primary = keyring.get().primary().value();
        Page<Stored> page = reader.walk(Folder.of(scope), after, limit, BYTES);
        List<Fresh> fresh = new ArrayList<>();
        List<StorageKey> skipped = new ArrayList<>();
        for (Stored stored : page.items()) {
            if (stored.value().term() != primary) {
                encrypted(barrier, keyring.get(), stored)
                        .ifPresentOrElse(value -> fresh.add(new Fresh(stored, value)), () -> skipped.add(stored.key()));
            }
        }
        return Optional.of(new Found(keyring.get(), reader.version(), page, fresh, skipped));
    }

    /// Empty if the value does not open.
    private static Optional<Ciphertext> encrypted(Barrier barrier, Keyring keyring, Stored stored) {
        byte[] plain;
        try {
            plain = barrier.entries().decryptAside(keyring, stored.key(), stored.value());
        } catch (CorruptedException bent) {
            return Optional.empty();
        }
        try {
            return Optional.of(barrier.entries().encrypt(keyring, stored.key(), plain, barrier.random()));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Stretch exchange(Barrier barrier, Scope scope, Found found) {
        List<CompletableFuture<Boolean>> stages = new ArrayList<>();
        int moved = 0;
        long bytes = 0;
        for (int from = 0; from < found.fresh().size(); from += EXCHANGED) {
            List<Fresh> some =
                    found.fresh().subList(from, Math.min(found.fresh().size(), from + EXCHANGED));
            long[] exchanged = new long[2];
            stages.add(accepted(barrier, writer -> {
                long[] counts = exchange(barrier, scope, found, some, writer);
                System.arraycopy(counts, 0, exchanged, 0, counts.length);
            }));
            moved += (int) exchanged[0];
            bytes += exchanged[1];
        }
        Page<Stored> page = found.page();
        Optional<String> after =
                page.more() ? Optional.of(page.items().getLast().key().path()) : Optional.empty();
        return new Stretch(after, moved, bytes, found.skipped(), new Durability(stages));
    }

    /// @return how many were exchanged, and how many bytes those have
    private static long[] exchange(
            Barrier barrier, Scope scope, Found found, List<Fresh> some, EncryptedStore.Exchange writer) {
        long[] counts = new long[2];
        boolean same = barrier.keyrings()
                .of(scope, writer)
                .filter(now -> now.primary().equals(found.keyring().primary()))
                .isPresent();
        for (Fresh fresh : same ? some : List.<Fresh>of()) {
            if (writer.replace(fresh.before(), fresh.after(), found.version())) {
                counts[0]++;
                counts[1] += fresh.after().length();
            }
        }
        return counts;
    }

    private static Stretch keyrings(Barrier barrier, String after) {
        List<StorageKey> moved = new ArrayList<>();
        List<StorageKey> skipped = new ArrayList<>();
        Barrier.Accepted<Page<Scope>> step = barrier.accept(writer -> {
            moved.clear();
            skipped.clear();
            Page<Scope> page = writer.scopes(after, KEYRINGS);
            page.items().forEach(scope -> keyring(writer, scope, moved, skipped));
            return page;
        });
        Page<Scope> page = step.result();
        Optional<String> next = page.more() ? Optional.of(page.items().getLast().name()) : Optional.empty();
        return new Stretch(next, moved.size(), 0, skipped, new Durability(List.of(step.durable())));
    }

    private static void keyring(OpenTransaction writer, Scope scope, List<StorageKey> moved, List<StorageKey> skipped) {
        try {
            if (writer.rewrap(scope)) {
                moved.add(Keyrings.record(scope));
            }
        } catch (CorruptedException bent) {
            skipped.add(Keyrings.record(scope));
        }
    }

    private interface Change {
        void make(EncryptedStore.Exchange writer);
    }

    /// On return it is accepted, and maybe not durable yet: nobody holds the vault open for a disk.
    private static CompletableFuture<Boolean> accepted(Barrier barrier, Change change) {
        CompletableFuture<Boolean> stage = barrier.storage()
                .exchange(writer -> {
                    change.make(writer);
                    if (barrier.isClosed()) {
                        throw new SecretClosedException();
                    }
                    return true;
                })
                .toCompletableFuture();
        if (stage.isCompletedExceptionally()) {
            throw stage.exceptionNow() instanceof RuntimeException refused
                    ? refused
                    : new StorageUnavailableException("values are not moved", stage.exceptionNow());
        }
        return stage;
    }
}
