// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import io.coffer.core.RandomIds;
import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.token.EndedPaths;
import io.coffer.core.token.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The leases of a vault, all read through the transaction.
///
/// In scope `leases`: `id/LEASE`: the lease. `due/MOMENT-MARK`: its id, in the order of the ends.
/// `token/TOKEN/MARK`: its id, for each token. `stuck/MARK`: its id, if nobody tries to take it back any
/// more. `ended`: paths whose leases are dead. A mark is the random end of a lease's id.
public final class LeaseStore {
    static final Folder IDS = Folder.of(Scope.LEASES).folder("id");
    static final Folder DUE = Folder.of(Scope.LEASES).folder("due");
    static final Folder TOKENS = Folder.of(Scope.LEASES).folder("token");
    static final Folder STUCK = Folder.of(Scope.LEASES).folder("stuck");
    static final StorageKey ENDED = new StorageKey(Scope.LEASES, "ended");

    private static final int STEP = 500;
    private static final int MARK = 24;
    private static final int MOMENT = 15;

    private final TokenStore tokens;

    public LeaseStore(TokenStore tokens) {
        this.tokens = tokens;
    }

    /// A lease that is to be granted.
    ///
    /// @param path the path that grants it
    /// @param tokenId empty for a token that is stored nowhere
    /// @param mount the uuid of the mount
    /// @param end the moment that it must not outlive; empty for none
    public record Draft(
            String path,
            String tokenId,
            String mount,
            Ttl.Terms terms,
            boolean renewable,
            Map<String, String> facts,
            Optional<Instant> end) {}

    /// Grants a lease.
    ///
    /// @param ttl how long it lives at first
    public Lease grant(BarrierWriter writer, Draft draft, Duration ttl, SecureRandom random, Instant now) {
        Instant issued = Instant.ofEpochMilli(now.toEpochMilli());
        Instant end = issued.plus(ttl);
        Lease lease = new Lease(
                draft.path() + "/" + RandomIds.base62(MARK, random),
                draft.tokenId(),
                draft.mount(),
                issued,
                draft.end().filter(end::isAfter).orElse(end),
                Optional.empty(),
                draft.terms().withTtl(ttl),
                draft.renewable(),
                draft.facts(),
                Lease.Failure.NONE);
        put(writer, lease);
        if (!lease.tokenId().isEmpty()) {
            writer.put(TOKENS.folder(lease.tokenId()).key(lease.mark()), LeaseRecord.pointer(lease.id()));
        }
        return lease;
    }

    /// The lease, if it lives.
    public Optional<Lease> find(BarrierReader reader, String id, Instant now) {
        return stored(reader, id)
                .filter(lease ->
                        now.isBefore(lease.expires()) && lease.failure().times() == 0)
                .filter(lease -> EndedPaths.of(reader, ENDED)
                        .covering(lease.path(), lease.mount(), lease.issued())
                        .isEmpty())
                .filter(lease -> lease.tokenId().isEmpty()
                        || tokens.findById(reader, lease.tokenId(), now).isPresent());
    }

    /// The lease, dead or not, as long as it is not taken back.
    public Optional<Lease> stored(BarrierReader reader, String id) {
        return key(id).flatMap(key -> reader.get(key).map(value -> LeaseRecord.read(key, value)));
    }

    /// Lets a lease live on.
    public Lease renew(BarrierWriter writer, Lease lease, Ttl.Terms by, Duration ttl, Instant now) {
        Lease longer = lease.renewed(Instant.ofEpochMilli(now.toEpochMilli()), by, ttl);
        writer.delete(due(lease));
        put(writer, longer);
        return longer;
    }

    /// Ends a lease; the sweeper has it taken back.
    public void end(BarrierWriter writer, Lease lease, Instant now) {
        Instant moment = Instant.ofEpochMilli(now.toEpochMilli());
        if (moment.isBefore(lease.expires())) {
            writer.delete(due(lease));
            put(writer, lease.until(moment));
        }
    }

    /// Ends all leases that an order covers.
    ///
    /// @return whether that was taken; if not, too much of the kind is still to be carried out
    public boolean endBelow(BarrierWriter writer, EndedPaths.Order order) {
        return EndedPaths.add(writer, ENDED, order);
    }

    /// Ends all leases that a mount has granted, also those from before it moved, whose ids keep its former path.
    ///
    /// @param folder the path that all of them were granted below; empty if the mount has moved
    /// @return whether that was taken; if not, too much of the kind is still to be carried out
    public boolean endOfMount(BarrierWriter writer, String mount, String folder, Instant now) {
        return EndedPaths.add(writer, ENDED, new EndedPaths.Order(folder, now, true, mount));
    }

    /// Whether leases of a mount that was ended are still to be taken back.
    public boolean isEnding(BarrierReader reader, String mount) {
        return EndedPaths.of(reader, ENDED).orders().stream()
                .anyMatch(order -> order.mount().equals(mount));
    }

    /// Whose children are the ids of leases, and of dead ones that are not taken back yet.
    public Folder ids() {
        return IDS;
    }

    /// Those that nobody tries to take back any more: what lies below are names, and {@link #stuck} tells of which.
    public Folder stuck() {
        return STUCK;
    }

    public Optional<Lease> stuck(BarrierReader reader, StorageKey key) {
        return reader.get(key).flatMap(value -> stored(reader, LeaseRecord.pointed(key, value)));
    }

    /// Whether a token has leases.
    public boolean any(BarrierReader reader, String tokenId) {
        return !reader.scan(TOKENS.folder(tokenId), "", 1).items().isEmpty();
    }

    /// Has leases of a dead token taken back at once instead of at their ends, a bounded part at a time.
    ///
    /// @return whether some remain
    public boolean endOf(BarrierWriter writer, String tokenId, Instant now) {
        Page<StorageKey> page = writer.scan(TOKENS.folder(tokenId), "", STEP);
        for (StorageKey key : page.items()) {
            writer.get(key)
                    .flatMap(value -> stored(writer, LeaseRecord.pointed(key, value)))
                    .ifPresent(lease -> end(writer, lease, now));
            writer.delete(key);
        }
        return page.more();
    }

    /// Forgets a lease that was taken back.
    void remove(BarrierWriter writer, Lease lease) {
        writer.delete(IDS.key(lease.id()));
        writer.delete(due(lease));
        writer.delete(STUCK.key(lease.mark()));
        if (!lease.tokenId().isEmpty()) {
            writer.delete(TOKENS.folder(lease.tokenId()).key(lease.mark()));
        }
    }

    /// Writes a lease with another end, after the mark of its former end was taken away.
    void put(BarrierWriter writer, Lease lease) {
        writer.put(IDS.key(lease.id()), LeaseRecord.write(lease));
        if (lease.failure().isFinal()) {
            writer.put(STUCK.key(lease.mark()), LeaseRecord.pointer(lease.id()));
        } else {
            writer.put(due(lease), LeaseRecord.pointer(lease.id()));
        }
    }

    static StorageKey due(Lease lease) {
        String moment =
                String.format(Locale.ROOT, "%0" + MOMENT + "d", lease.expires().toEpochMilli());
        return DUE.key(moment + "-" + lease.mark());
    }

    static Instant moment(StorageKey due) {
        return Instant.ofEpochMilli(Long.parseLong(DUE.relative(due).substring(0, MOMENT)));
    }

    /// Where a lease of this id would lie; nothing if no lease can have it.
    private static Optional<StorageKey> key(String id) {
        try {
            return id.indexOf('/') < 0 ? Optional.empty() : Optional.of(IDS.key(id));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
