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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Holders of shares that open the store agree that something waits no longer. Shares for one thing leave those for
/// another as they are.
public final class Approval {
    /// For how many things shares may wait at once: each holds its shares in locked memory.
    static final int MOST = 256;

    private final Vault vault;
    private final Time time;
    private final SecureRandom random;
    private final Duration expiry;

    /// By what their shares are for.
    private final Map<String, Gathering<String>> gatherings = new HashMap<>();

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
        this.time = time;
        this.random = random;
        this.expiry = expiry;
        vault.whenSealed(this::endAll);
    }

    /// Takes a share, which stays the caller's.
    ///
    /// @param subject what its holder agrees to
    /// @param nonce of the shares before this one, if the caller names it
    public synchronized Outcome offer(String subject, Optional<String> nonce, Starter starter, Secret share) {
        SealRecord record = record();
        Optional<Ceremony> open = open(subject, record);
        if (nonce.isPresent() && !nonce.equals(open.map(Ceremony::nonce))) {
            return new Outcome.Refused("incorrect nonce supplied; "
                    + open.map(one -> "nonce for this destruction is \"" + one.nonce() + "\"")
                            .orElse("no share has been handed in for this destruction"));
        }
        if (open.isEmpty() && isFull(subject)) {
            return new Outcome.Refused("shares for " + MOST + " other destructions wait already; finish one of them,"
                    + " or take it back with restore");
        }
        Ceremony ceremony = open.or(() -> record.find(share).map(good -> begin(subject, record, starter)))
                .orElseGet(() -> Ceremony.ofValid(record, "", Duration.ZERO)); // only says why it is none
        return switch (ceremony.offer(share)) {
            case Ceremony.Offer.Refused(String reason) -> new Outcome.Refused(reason);
            case Ceremony.Offer.Repeated(ShareId id, int progress) ->
                new Outcome.Refused("given key has already been provided for this destruction");
            case Ceremony.Offer.Counted(ShareId id, int progress) -> new Outcome.Taken(id);
            case Ceremony.Offer.Complete(ShareId id, Secret unsealKey) -> complete(subject, record, id, unsealKey);
        };
    }

    /// How far they are with this subject.
    public synchronized Standing standing(String subject) {
        return open(subject, record())
                .map(open -> new Standing(Optional.of(open.nonce()), open.progress(), open.required()))
                .orElseGet(() ->
                        new Standing(Optional.empty(), 0, record().current().threshold()));
    }

    /// Forgets the shares for this subject.
    public synchronized void cancel(String subject) {
        Gathering<String> gathering = gatherings.remove(subject);
        if (gathering != null) {
            gathering.end();
        }
    }

    /// Forgets shares that were handed in too long ago.
    public synchronized void expire() {
        gatherings.values().removeIf(gathering -> gathering.open().isEmpty());
    }

    private synchronized void endAll() {
        gatherings.values().forEach(Gathering::end);
        gatherings.clear();
    }

    private boolean isFull(String subject) {
        expire();
        return gatherings.size() >= MOST && !gatherings.containsKey(subject);
    }

    /// Where shares for this subject have come that open the store still.
    private Optional<Ceremony> open(String subject, SealRecord record) {
        return Optional.ofNullable(gatherings.get(subject))
                .flatMap(Gathering::open)
                .map(Gathering.Open::ceremony)
                .filter(open -> open.record().valid().equals(record.valid()));
    }

    /// Only for a share that counts. Shares that open the store no longer go.
    private Ceremony begin(String subject, SealRecord record, Starter starter) {
        cancel(subject);
        Gathering<String> gathering = new Gathering<>(time, random, expiry);
        gatherings.put(subject, gathering);
        return gathering
                .start(subject, starter, (nonce, expires) -> Ceremony.ofValid(record, nonce, expires))
                .orElseThrow()
                .ceremony();
    }

    /// The quorum's unseal key opens the root key, or the shares are not what the record says.
    private Outcome complete(String subject, SealRecord record, ShareId last, Secret unsealKey) {
        try (unsealKey) {
            record.open(last.generation(), unsealKey).close();
            return new Outcome.Agreed(last);
        } catch (AuthenticationFailedException changed) {
            return new Outcome.Refused(
                    "the shares are good and the root key does not open; the seal record was changed");
        } finally {
            cancel(subject);
        }
    }

    private SealRecord record() {
        if (vault.state() instanceof VaultState.Unsealed open) {
            return open.record();
        }
        throw new VaultSealedException();
    }
}
