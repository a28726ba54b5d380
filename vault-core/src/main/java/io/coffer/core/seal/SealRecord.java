// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.barrier.RootKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// What is known of a store without any key: who it is, how its root key is sealed and which shares are its own.
///
/// @param current the shares that open it
/// @param pending new shares that open nothing until a quorum of them has proved that it has them
/// @param previous the shares before the current ones, which open it too until it is certain that somebody
///     has the current ones
/// @param former commitments of shares that open nothing any more, the newest first, at most {@link
///     #MAX_FORMER}: to say which generation an old share is of
public record SealRecord(
        StoreId storeId,
        Generation current,
        Optional<Generation> pending,
        Optional<Generation> previous,
        List<Commitments> former) {
    /// How many earlier generations are remembered.
    public static final int MAX_FORMER = 8;

    public SealRecord {
        Objects.requireNonNull(storeId, "storeId");
        Objects.requireNonNull(current, "current");
        former = List.copyOf(former);
        if (former.size() > MAX_FORMER) {
            throw new IllegalArgumentException("a seal record remembers at most " + MAX_FORMER + " generations");
        }
    }

    /// The record of a new store.
    public static SealRecord first(StoreId storeId, Generation current) {
        return new SealRecord(storeId, current, Optional.empty(), Optional.empty(), List.of());
    }

    public int generation() {
        return current.number();
    }

    public SealConfig config() {
        return current.config();
    }

    public SealedRootKey rootKey() {
        return current.rootKey();
    }

    public Commitments commitments() {
        return current.commitments();
    }

    /// The sets of shares that open the store: one, or two while there is a previous one.
    public List<Generation> valid() {
        return previous.map(older -> List.of(current, older)).orElseGet(() -> List.of(current));
    }

    /// Every set of shares that it has: the valid ones and the pending one.
    public List<Generation> sets() {
        List<Generation> all = new ArrayList<>(valid());
        pending.ifPresent(all::add);
        return all;
    }

    /// The number of the next set of shares.
    public int nextGeneration() {
        int last = Math.max(current.number(), pending.map(Generation::number).orElse(0));
        for (Commitments one : former) {
            last = Math.max(last, one.generation());
        }
        return Math.addExact(last, 1);
    }

    /// Which share of those that open the store this is.
    public Optional<ShareId> find(Secret share) {
        return find(valid(), share);
    }

    /// Which share this is, those that wait for their proof included.
    public Optional<ShareId> findAny(Secret share) {
        return find(sets(), share);
    }

    Optional<ShareId> find(List<Generation> sets, Secret share) {
        for (Generation set : sets) {
            OptionalInt index = set.commitments().indexOf(storeId, share);
            if (index.isPresent()) {
                return Optional.of(set.id(index));
            }
        }
        return Optional.empty();
    }

    /// The root key of a valid generation, owned by whoever asked.
    ///
    /// @throws io.coffer.core.AuthenticationFailedException if this is not the unseal key of that generation
    public RootKey open(int generation, Secret unsealKey) {
        return set(generation).rootKey().open(unsealKey, storeId, generation);
    }

    private Generation set(int generation) {
        return valid().stream()
                .filter(set -> set.number() == generation)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no valid shares are of that generation"));
    }

    /// What must be found in no file any more when another record has taken this one's place: the nonce of each
    /// sealed root key that it has not.
    public List<byte[]> retiredBy(SealRecord other) {
        List<SealedRootKey> kept = other.sealed();
        return sealed().stream()
                .filter(key -> !kept.contains(key))
                .map(SealedRootKey::nonce)
                .toList();
    }

    private List<SealedRootKey> sealed() {
        return sets().stream().map(Generation::rootKey).toList();
    }

    /// The same with new shares that wait for their proof.
    public SealRecord withPending(Generation next) {
        return new SealRecord(storeId, current, Optional.of(next), previous, former);
    }

    /// The same without the shares that waited for their proof.
    public SealRecord withoutPending() {
        return new SealRecord(storeId, current, Optional.empty(), previous, formerAnd(pending, Optional.empty()));
    }

    /// The pending shares alone open the store from now on.
    ///
    /// @throws java.util.NoSuchElementException if there are none
    public SealRecord promoted() {
        return new SealRecord(
                storeId,
                pending.orElseThrow(),
                Optional.empty(),
                Optional.empty(),
                formerAnd(Optional.of(current), previous));
    }

    /// New shares open the store from now on, and those of one older set still do.
    ///
    /// @param proven the number of a valid set, of which a quorum was there just now
    public SealRecord replaced(Generation next, int proven) {
        Generation keeps = set(proven);
        Optional<Generation> loses =
                valid().stream().filter(set -> set.number() != proven).findFirst();
        return new SealRecord(storeId, next, Optional.empty(), Optional.of(keeps), formerAnd(loses, Optional.empty()));
    }

    /// Only the current shares open the store from now on.
    public SealRecord withoutPrevious() {
        return new SealRecord(storeId, current, pending, Optional.empty(), formerAnd(previous, Optional.empty()));
    }

    private List<Commitments> formerAnd(Optional<Generation> one, Optional<Generation> other) {
        List<Commitments> all = new ArrayList<>(former);
        one.ifPresent(set -> all.add(set.commitments()));
        other.ifPresent(set -> all.add(set.commitments()));
        all.sort(Comparator.comparingInt(Commitments::generation).reversed());
        return all.subList(0, Math.min(all.size(), MAX_FORMER));
    }
}
