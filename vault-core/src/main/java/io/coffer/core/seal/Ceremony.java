// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.secret.Secret;
import io.coffer.core.shamir.Shamir;
import io.coffer.core.shamir.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Collects shares under a nonce until there are enough: to unseal, to rekey, to prove new shares, to make a
/// root token. Each share is checked against its commitment when it is handed in, so a wrong one is refused
/// by itself and the others stay.
///
/// For any number of threads. Memory is bounded: it keeps at most one share for each index of each set that
/// it accepts, and none once it is complete.
public final class Ceremony implements AutoCloseable {
    /// The length of an unseal key, in bytes.
    public static final int KEY_BYTES = 32;

    private final List<Quorum> quorums;
    private final String nonce;
    private final Duration expires;
    private SealRecord record;
    private Optional<Quorum> complete = Optional.empty();

    /// A set of shares that this ceremony accepts, how many of them it needs, and those it has.
    private record Quorum(Generation set, int needed, Map<Integer, Secret> shares) {
        Quorum(Generation set, int needed) {
            this(set, needed, new TreeMap<>());
        }
    }

    /// What became of a share.
    public sealed interface Offer {
        /// It counts.
        record Counted(ShareId share, int progress) implements Offer {}

        /// It was there already; nothing changed.
        record Repeated(ShareId share, int progress) implements Offer {}

        /// It is no share that this ceremony accepts; nothing changed. The reason is for people.
        record Refused(String reason) implements Offer {}

        /// It was the last one needed. The unseal key of its generation is owned by whoever offered the
        /// share; the shares are gone.
        record Complete(ShareId share, Secret unsealKey) implements Offer {}
    }

    private Ceremony(SealRecord record, List<Quorum> quorums, String nonce, Duration expires) {
        this.record = record;
        this.quorums = new ArrayList<>(quorums);
        this.nonce = nonce;
        this.expires = expires;
    }

    /// One that the shares hold which open the store.
    ///
    /// @param expires on the elapsed clock
    public static Ceremony ofValid(SealRecord record, String nonce, Duration expires) {
        List<Quorum> quorums = record.valid().stream()
                .map(set -> new Quorum(set, set.threshold()))
                .toList();
        return new Ceremony(record, quorums, nonce, expires);
    }

    /// One that proves the pending shares.
    ///
    /// @param all whether every one of them is asked for, not only as many as the threshold
    /// @throws java.util.NoSuchElementException if there are no pending shares
    public static Ceremony ofPending(SealRecord record, boolean all, String nonce, Duration expires) {
        Generation set = record.pending().orElseThrow();
        int needed = all ? set.config().shares() : set.threshold();
        return new Ceremony(record, List.of(new Quorum(set, needed)), nonce, expires);
    }

    public String nonce() {
        return nonce;
    }

    /// When it is abandoned, on the elapsed clock.
    public Duration expires() {
        return expires;
    }

    /// The store as it was when this began, or when it was last told of it.
    public synchronized SealRecord record() {
        return record;
    }

    /// Goes on over the store as it is now. Shares of a set that does not open it any more are forgotten.
    ///
    /// @return whether it can: not when other shares than before are the current ones
    public synchronized boolean follow(SealRecord now) {
        if (quorums.stream().noneMatch(one -> one.set().equals(now.current()))) {
            return false;
        }
        record = now;
        quorums.removeIf(one -> {
            boolean gone = !now.valid().contains(one.set());
            if (gone) {
                one.shares().values().forEach(Secret::close);
            }
            return gone;
        });
        return true;
    }

    /// How many shares it has of the set that is nearest to its end.
    public synchronized int progress() {
        return complete.map(Quorum::needed).orElseGet(() -> leading().shares().size());
    }

    /// How many it needs of that set.
    public synchronized int required() {
        return complete.orElseGet(this::leading).needed();
    }

    /// Whether the last share needed has come.
    public synchronized boolean isComplete() {
        return complete.isPresent();
    }

    /// The generation of which enough shares have come.
    public synchronized OptionalInt completed() {
        return complete.map(quorum -> OptionalInt.of(quorum.set().number())).orElseGet(OptionalInt::empty);
    }

    /// Takes a share into account.
    ///
    /// @param share as a holder has it: y and x, or the key itself if there is one share; it stays the caller's
    public synchronized Offer offer(Secret share) {
        Optional<ShareId> id = record.find(quorums.stream().map(Quorum::set).toList(), share);
        if (id.isEmpty()) {
            return new Offer.Refused(refusal(share));
        }
        Quorum quorum = quorum(id.get().generation());
        if (complete.isPresent()) {
            return new Offer.Repeated(id.get(), progress());
        }
        if (quorum.shares().containsKey(id.get().index())) {
            return new Offer.Repeated(id.get(), quorum.shares().size());
        }
        quorum.shares().put(id.get().index(), share.duplicate());
        if (quorum.shares().size() < quorum.needed()) {
            return new Offer.Counted(id.get(), quorum.shares().size());
        }
        try {
            complete = Optional.of(quorum);
            return new Offer.Complete(id.get(), join(quorum.shares().values(), quorum.set()));
        } finally {
            close();
        }
    }

    /// Why a share is none of those asked for: whose it is, as far as that is known.
    private String refusal(Secret share) {
        List<Generation> asked = quorums.stream().map(Quorum::set).toList();
        String current = "; the current one is " + record.generation();
        for (Generation set : record.valid()) {
            OptionalInt index = set.commitments().indexOf(record.storeId(), share);
            if (index.isPresent()) {
                return named(index.getAsInt()) + ": a share of generation " + set.number() + "; asked for are those of "
                        + asked.getFirst().number();
            }
        }
        for (Commitments former : record.former()) {
            OptionalInt index = former.indexOf(record.storeId(), share);
            if (index.isPresent()) {
                return named(index.getAsInt()) + ": a share of generation " + former.generation() + current;
            }
        }
        Optional<ShareId> waiting = record.pending().flatMap(set -> record.find(List.of(set), share));
        if (waiting.isPresent()) {
            return named(waiting.get().index()) + ": a share of generation "
                    + waiting.get().generation() + ", not yet confirmed" + current;
        }
        int x = share.length() == KEY_BYTES + 1 ? share.use(bytes -> Byte.toUnsignedInt(bytes[bytes.length - 1])) : 0;
        return named(x) + ": not a share of this vault";
    }

    private static String named(int index) {
        return index == 0 ? "key" : "share " + index;
    }

    private Quorum quorum(int generation) {
        return quorums.stream()
                .filter(one -> one.set().number() == generation)
                .findFirst()
                .orElseThrow();
    }

    private Quorum leading() {
        Quorum leading = quorums.getFirst();
        for (Quorum one : quorums) {
            leading = one.shares().size() > leading.shares().size() ? one : leading;
        }
        return leading;
    }

    private static Secret join(Collection<Secret> shares, Generation set) {
        if (set.config().shares() == 1) {
            return shares.iterator().next().duplicate();
        }
        List<Share> parts = new ArrayList<>();
        try {
            shares.forEach(share -> parts.add(Share.takeFrom(share.copy())));
            return Shamir.join(parts);
        } finally {
            parts.forEach(Share::close);
        }
    }

    /// Forgets the shares.
    @Override
    public synchronized void close() {
        for (Quorum quorum : quorums) {
            quorum.shares().values().forEach(Secret::close);
            quorum.shares().clear();
        }
    }
}
