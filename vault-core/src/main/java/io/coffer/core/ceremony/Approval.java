// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.Time;
import io.coffer.core.VaultSealedException;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// Holders of shares that open the store agree that something waits no longer. One thing at a time; whoever
/// comes with shares for another one ends it.
public final class Approval {
    private final Vault vault;
    private final Gathering<String> gathering;

    /// What became of a share.
    public sealed interface Outcome {
        /// It counts, and more are needed.
        record Taken(ShareId share) implements Outcome {}

        /// It was the last one: the holders agree.
        record Agreed(ShareId share) implements Outcome {}

        /// It changed nothing. The reason is for people.
        record Refused(String reason) implements Outcome {}
    }

    /// How far holders are with something.
    ///
    /// @param nonce of the shares that have come; empty if none has
    public record Standing(Optional<String> nonce, int progress, int required) {}

    public Approval(Vault vault, Time time, SecureRandom random, Duration expiry) {
        this.vault = vault;
        this.gathering = new Gathering<>(time, random, expiry);
        vault.whenSealed(gathering::end);
    }

    /// Takes a share, which stays the caller's.
    ///
    /// @param subject what its holder agrees to
    /// @param nonce of the shares before this one, if the caller names it
    public synchronized Outcome offer(String subject, Optional<String> nonce, Starter starter, Secret share) {
        SealRecord record = record();
        Ceremony ceremony = ceremony(record, subject, starter);
        if (nonce.filter(named -> !named.equals(ceremony.nonce())).isPresent()) {
            return new Outcome.Refused(
                    "incorrect nonce supplied; nonce for this destruction is \"" + ceremony.nonce() + "\"");
        }
        return switch (ceremony.offer(share)) {
            case Ceremony.Offer.Refused(String reason) -> new Outcome.Refused(reason);
            case Ceremony.Offer.Repeated(ShareId id, int progress) ->
                new Outcome.Refused("given key has already been provided for this destruction");
            case Ceremony.Offer.Counted(ShareId id, int progress) -> new Outcome.Taken(id);
            case Ceremony.Offer.Complete(ShareId id, Secret unsealKey) -> complete(record, id, unsealKey);
        };
    }

    /// How far they are with this subject.
    public synchronized Standing standing(String subject) {
        return gathering
                .open()
                .filter(open -> open.plan().equals(subject))
                .map(Gathering.Open::ceremony)
                .map(open -> new Standing(Optional.of(open.nonce()), open.progress(), open.required()))
                .orElseGet(() ->
                        new Standing(Optional.empty(), 0, record().current().threshold()));
    }

    /// Forgets the shares for this subject.
    public synchronized void cancel(String subject) {
        if (gathering.open().filter(open -> open.plan().equals(subject)).isPresent()) {
            gathering.end();
        }
    }

    /// Forgets shares that were handed in too long ago.
    public void expire() {
        gathering.open();
    }

    private Ceremony ceremony(SealRecord record, String subject, Starter starter) {
        boolean other = gathering
                .open()
                .filter(open -> !open.plan().equals(subject)
                        || !open.ceremony().record().valid().equals(record.valid()))
                .isPresent();
        if (other) {
            gathering.end();
        }
        return gathering
                .start(subject, starter, (nonce, expires) -> Ceremony.ofValid(record, nonce, expires))
                .or(gathering::open)
                .orElseThrow()
                .ceremony();
    }

    /// The quorum's unseal key opens the root key, or the shares are not what the record says.
    private Outcome complete(SealRecord record, ShareId last, Secret unsealKey) {
        try (unsealKey) {
            record.open(last.generation(), unsealKey).close();
            return new Outcome.Agreed(last);
        } catch (AuthenticationFailedException changed) {
            return new Outcome.Refused(
                    "the shares are good and the root key does not open; the seal record was changed");
        } finally {
            gathering.end();
        }
    }

    private SealRecord record() {
        if (vault.state() instanceof VaultState.Unsealed open) {
            return open.record();
        }
        throw new VaultSealedException();
    }
}
