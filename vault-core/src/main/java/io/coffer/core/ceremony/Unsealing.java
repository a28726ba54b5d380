// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.RandomIds;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// The ceremony that opens a sealed vault: one at a time, begun by the first good share, ended by the last
/// one, by a reset or by its expiry.
///
/// For any number of threads; it holds its lock for no disk, so that its status is always to be had.
public final class Unsealing {
    private final Vault vault;
    private final Time time;
    private final SecureRandom random;
    private final Duration expiry;
    private final Consumer<Barrier> prepare;
    private Optional<Ceremony> open = Optional.empty();

    /// How far a ceremony is; nothing if none is open.
    ///
    /// @param expires the date after which it is abandoned
    public record Progress(String nonce, int shares, Optional<Instant> expires) {
        static final Progress NONE = new Progress("", 0, Optional.empty());
    }

    /// What became of a share.
    public sealed interface Outcome {
        /// Taken, or there already, or the vault is open and it was not looked at.
        ///
        /// @param index empty if it was not looked at
        /// @param generation of that share, or of the shares that open this vault
        record Taken(OptionalInt index, int generation) implements Outcome {}

        record Refused(String reason) implements Outcome {}

        record NotInitialized() implements Outcome {}
    }

    /// @param prepare what is done on the open store before anybody is let in
    public Unsealing(Vault vault, Time time, SecureRandom random, Duration expiry, Consumer<Barrier> prepare) {
        this.vault = vault;
        this.time = time;
        this.random = random;
        this.expiry = expiry;
        this.prepare = prepare;
        // Shares that came while the vault was being opened count for nothing, also when it is sealed again.
        vault.whenUnsealed(generation -> reset());
    }

    /// Takes a share, which stays the caller's, and opens the vault if it was the last one needed.
    public Outcome offer(Secret share) {
        return switch (counted(share)) {
            case Counted.Told(Outcome outcome) -> outcome;
            case Counted.Last(ShareId id, Secret unsealKey) -> unseal(id, unsealKey);
        };
    }

    /// What became of a share, before the vault is opened.
    private sealed interface Counted {
        record Told(Outcome outcome) implements Counted {}

        /// It was the last one: the ceremony has ended, and the unseal key is the caller's.
        record Last(ShareId share, Secret unsealKey) implements Counted {}
    }

    private synchronized Counted counted(Secret share) {
        return switch (vault.state()) {
            case VaultState.Uninitialized none -> new Counted.Told(new Outcome.NotInitialized());
            case VaultState.Unsealed done ->
                new Counted.Told(
                        new Outcome.Taken(OptionalInt.empty(), done.record().generation()));
            case VaultState.Sealed(SealRecord record) -> counted(record, share);
        };
    }

    private Counted counted(SealRecord record, Secret share) {
        expire();
        Ceremony ceremony = open.orElseGet(
                () -> Ceremony.ofValid(record, nonce(), time.elapsed().plus(expiry)));
        return switch (ceremony.offer(share)) {
            case Ceremony.Offer.Refused(String reason) -> new Counted.Told(new Outcome.Refused(reason));
            case Ceremony.Offer.Repeated(ShareId id, int progress) -> new Counted.Told(taken(id));
            case Ceremony.Offer.Counted(ShareId id, int progress) -> {
                open = Optional.of(ceremony);
                yield new Counted.Told(taken(id));
            }
            case Ceremony.Offer.Complete(ShareId id, Secret unsealKey) -> {
                open = Optional.empty();
                yield new Counted.Last(id, unsealKey);
            }
        };
    }

    private static Outcome.Taken taken(ShareId id) {
        return new Outcome.Taken(OptionalInt.of(id.index()), id.generation());
    }

    private Outcome unseal(ShareId last, Secret unsealKey) {
        try (unsealKey) {
            vault.unseal(last.generation(), unsealKey, prepare);
            return taken(last);
        } catch (AuthenticationFailedException foreign) {
            return new Outcome.Refused(
                    "the shares are good and the root key does not open: the seal record or the keyring was changed");
        }
    }

    /// Forgets the shares handed in so far.
    public synchronized void reset() {
        open.ifPresent(Ceremony::close);
        open = Optional.empty();
    }

    /// Whether a share is one of this vault's, current generation: what stands in for a token while sealed.
    public boolean isCurrent(Secret share) {
        return switch (vault.state()) {
            case VaultState.Uninitialized none -> false;
            case VaultState.Sealed(SealRecord record) -> record.find(share).isPresent();
            case VaultState.Unsealed done -> done.record().find(share).isPresent();
        };
    }

    public synchronized Progress progress() {
        expire();
        if (vault.state() instanceof VaultState.Unsealed) {
            reset();
        }
        return open.map(ceremony -> new Progress(
                        ceremony.nonce(),
                        ceremony.progress(),
                        Optional.of(time.now().plus(ceremony.expires().minus(time.elapsed())))))
                .orElse(Progress.NONE);
    }

    private void expire() {
        if (open.isPresent() && time.elapsed().compareTo(open.get().expires()) >= 0) {
            reset();
        }
    }

    private String nonce() {
        return RandomIds.uuid(random);
    }
}
