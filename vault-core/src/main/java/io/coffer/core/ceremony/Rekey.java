// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.VaultSealedException;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Gives the vault a new unseal key, new shares and a new root key, while it serves.
///
/// Holders of shares that open the store agree by handing them in. Then either the new shares are proved
/// first: they wait as pending and open nothing until a quorum of them has been handed in, and one
/// transaction puts them in the former ones' place. Or they count at once, and the former ones do too, as
/// previous, until it is certain that the new ones have reached somebody ({@link #confirm}). Each change is one
/// transaction: whenever the process is killed, there is a set of shares that opens the store.
///
/// One at a time; only the final steps hold its lock while the disk writes.
public final class Rekey {
    private final Vault vault;
    private final SecureRandom random;
    private final Observer observer;
    private final Succession succession;
    private final Gathering<RekeyPlan> collecting;
    private final Gathering<PendingRekey> proving;

    /// How far it is.
    ///
    /// @param record the store as it is now
    /// @param collecting holders who agree; empty if no rekey has begun
    /// @param proving new shares that wait for their proof
    /// @param expires when the shares handed in so far are forgotten
    public record Status(
            SealRecord record,
            Optional<Gathering.Open<RekeyPlan>> collecting,
            Optional<Gathering.Open<PendingRekey>> proving,
            Optional<Instant> expires) {}

    /// What the holders get, once. The secrets are owned by whoever asked.
    ///
    /// @param shares in the order of their index: in clear, or messages to the holders' keys
    /// @param proofNonce under which the new shares are proved; empty if they count already
    public record Handover(
            String nonce, RekeyPlan plan, Generation set, List<Secret> shares, Optional<String> proofNonce)
            implements AutoCloseable {
        @Override
        public void close() {
            shares.forEach(Secret::close);
        }
    }

    /// @param expiry after which shares that were handed in are forgotten
    public Rekey(Vault vault, Time time, SecureRandom random, Observer observer, Duration expiry) {
        this.vault = vault;
        this.observer = observer;
        this.random = random;
        this.succession = new Succession(vault, time);
        this.collecting = new Gathering<>(time, random, expiry);
        this.proving = new Gathering<>(time, random, expiry);
        vault.whenSealed(collecting::end);
        vault.whenSealed(proving::end);
        vault.whenUnsealed(this::confirm);
    }

    /// @throws VaultSealedException if the vault is not unsealed
    public synchronized Status status() {
        SealRecord record = record();
        Optional<Gathering.Open<RekeyPlan>> collects = collecting(record);
        Optional<Gathering.Open<PendingRekey>> proves = proving(record);
        return new Status(record, collects, proves, proves.isPresent() ? proving.expires() : collecting.expires());
    }

    /// Begins one, whose first share is that of whoever starts it, if he did so by a share.
    ///
    /// @return empty if one is under way
    public synchronized Optional<Status> start(RekeyPlan plan, Starter starter, Optional<Secret> share) {
        SealRecord record = record();
        if (record.pending().isPresent() || collecting(record).isPresent()) {
            return Optional.empty();
        }
        Gathering.Open<RekeyPlan> open = collecting
                .start(plan, starter, (nonce, expires) -> Ceremony.ofValid(record, nonce, expires))
                .orElseThrow();
        if (starter instanceof Starter.ByShare && share.isPresent()) {
            prove(open.ceremony(), open.ceremony().offer(share.get()));
        }
        return Optional.of(status());
    }

    /// Takes a share of those who agree, which stays the caller's, and makes the new shares if it was the last one.
    ///
    /// @param share if there is none, the caller wants the new shares
    /// @param caller new shares in clear are handed to the token that started this, and to nobody else
    public synchronized RekeyUpdate update(String nonce, Optional<Secret> share, Optional<Starter> caller) {
        SealRecord record = record();
        Optional<Gathering.Open<PendingRekey>> proof = proving(record);
        if (proof.isPresent()) {
            return new RekeyUpdate.ProofAwaited(proof.get().ceremony().nonce());
        }
        Optional<Gathering.Open<RekeyPlan>> open = collecting(record);
        if (open.isEmpty()) {
            return new RekeyUpdate.NoneOpen();
        }
        Ceremony ceremony = open.get().ceremony();
        if (!ceremony.nonce().equals(nonce)) {
            return new RekeyUpdate.WrongNonce(ceremony.nonce());
        }
        boolean collects = mayCollect(open.get(), caller);
        if (share.isEmpty()) {
            return ceremony.isComplete() && collects
                    ? new RekeyUpdate.Made(Optional.empty(), make(record, open.get()))
                    : new RekeyUpdate.NoShare();
        }
        return switch (prove(ceremony, ceremony.offer(share.get()))) {
            case Ceremony.Offer.Refused(String reason) -> new RekeyUpdate.Refused(reason);
            case Ceremony.Offer.Repeated(ShareId id, int progress) -> new RekeyUpdate.Repeated(id);
            case Ceremony.Offer.Counted(ShareId id, int progress) -> new RekeyUpdate.Taken(id);
            case Ceremony.Offer.Complete(ShareId id, Secret none) ->
                collects ? new RekeyUpdate.Made(Optional.of(id), make(record, open.get())) : new RekeyUpdate.Taken(id);
        };
    }

    /// Takes a new share as proof that its holder has it, and puts the new shares in the former ones' place if it was
    /// the last one.
    public synchronized RekeyProof verify(String nonce, Secret share) {
        SealRecord record = record();
        Optional<Gathering.Open<PendingRekey>> open = proving(record);
        if (open.isEmpty()) {
            return new RekeyProof.NoneOpen();
        }
        Ceremony ceremony = open.get().ceremony();
        if (!ceremony.nonce().equals(nonce)) {
            return new RekeyProof.WrongNonce(ceremony.nonce());
        }
        return switch (ceremony.offer(share)) {
            case Ceremony.Offer.Refused(String reason) -> new RekeyProof.Refused(reason);
            case Ceremony.Offer.Repeated(ShareId id, int progress) -> new RekeyProof.Repeated(id);
            case Ceremony.Offer.Counted(ShareId id, int progress) -> new RekeyProof.Taken(id);
            case Ceremony.Offer.Complete(ShareId id, Secret unsealKey) -> promote(record, nonce, id, unsealKey);
        };
    }

    /// Ends what is under way; new shares that wait for their proof are dropped.
    public synchronized Gathering.Ending cancel(Starter who) {
        SealRecord record = record();
        if (proving(record).isEmpty()) {
            collecting(record);
            return collecting.cancel(who);
        }
        Gathering.Ending ending = proving.cancel(who);
        if (ending == Gathering.Ending.ENDED) {
            succession.dropPending();
        }
        return ending;
    }

    /// Begins the proof anew under another nonce; the new shares stay.
    ///
    /// @return empty if none is awaited
    public synchronized Optional<Gathering.Ending> restartProof(Starter who) {
        return proving(record()).map(open -> proving.cancel(who));
    }

    /// The answer with the new shares has reached the connection, or they have unsealed: from now on they alone open
    /// the store. Does nothing if it is not so any more, or nothing but one set opens it.
    public synchronized void confirm(int generation) {
        SealRecord record = record();
        if (record.generation() == generation && record.previous().isPresent()) {
            succession.dropPrevious();
        }
    }

    /// Forgets shares that were handed in too long ago.
    public void expire() {
        collecting.open();
        proving.open();
    }

    /// As {@link #confirm}, on its own: what fails stays as it is until the new shares unseal.
    public void arrived(int generation) {
        try {
            confirm(generation);
        } catch (RuntimeException failed) {
            observer.observe(
                    new Event.JobFailed("end of rekey", failed.getClass().getName()));
        }
    }

    /// The quorum's unseal key opens the root key, or the shares are not what the record says.
    private Ceremony.Offer prove(Ceremony ceremony, Ceremony.Offer offer) {
        if (!(offer instanceof Ceremony.Offer.Complete(ShareId id, Secret unsealKey))) {
            return offer;
        }
        try (unsealKey) {
            ceremony.record().open(id.generation(), unsealKey).close();
            return offer;
        } catch (AuthenticationFailedException changed) {
            collecting.end();
            return new Ceremony.Offer.Refused("root key verification failed: the shares are good and the root key"
                    + " does not open; the seal record was changed");
        }
    }

    private static boolean mayCollect(Gathering.Open<RekeyPlan> open, Optional<Starter> caller) {
        if (open.plan().encrypts()) {
            return true;
        }
        return switch (open.starter()) {
            case Starter.ByToken token -> caller.filter(token::isSame).isPresent();
            case Starter.ByShare share -> false;
            case Starter.Anybody anybody -> true;
        };
    }

    private Handover make(SealRecord before, Gathering.Open<RekeyPlan> open) {
        RekeyPlan plan = open.plan();
        String nonce = open.ceremony().nonce();
        try (NewShares made = NewShares.draw(before.storeId(), before.nextGeneration(), plan.config(), random)) {
            List<Secret> handed = made.handOut(plan.keys(), random);
            boolean written = false;
            try {
                Succession.Issue issue = new Succession.Issue(plan, nonce, open.starter(), made, handed);
                if (plan.proof() == RekeyPlan.Proof.NONE) {
                    succession.replace(
                            issue, before, open.ceremony().completed().orElseThrow());
                } else {
                    succession.await(issue);
                }
                written = true;
            } finally {
                if (!written) {
                    handed.forEach(Secret::close);
                }
            }
            collecting.end();
            Optional<String> proof = proving(record()).map(one -> one.ceremony().nonce());
            return new Handover(nonce, plan, made.set(), handed, proof);
        }
    }

    private RekeyProof promote(SealRecord record, String nonce, ShareId last, Secret unsealKey) {
        Generation pending = record.pending().orElseThrow();
        try (unsealKey) {
            succession.promote(pending.rootKey().open(unsealKey, record.storeId(), pending.number()));
            return new RekeyProof.Complete(last, nonce);
        } catch (AuthenticationFailedException changed) {
            return new RekeyProof.Refused(
                    "the new shares are good and their root key does not open; cancel this rekey");
        } finally {
            proving.end();
        }
    }

    private SealRecord record() {
        if (vault.state() instanceof VaultState.Unsealed open) {
            return open.record();
        }
        throw new VaultSealedException();
    }

    /// The rekey that collects, unless other shares are the current ones since.
    private Optional<Gathering.Open<RekeyPlan>> collecting(SealRecord record) {
        if (collecting.open().filter(open -> !open.ceremony().follow(record)).isPresent()) {
            collecting.end();
        }
        return collecting.open();
    }

    /// The proof that is awaited; a new one if the last has expired, or this process has none yet.
    private Optional<Gathering.Open<PendingRekey>> proving(SealRecord record) {
        if (record.pending().isEmpty()) {
            proving.end();
            return Optional.empty();
        }
        if (proving.open().isEmpty()) {
            PendingRekey pending = vault.unsealed(barrier -> barrier.read(PendingRekey::read));
            return proving.start(
                    pending,
                    pending.starter(),
                    (nonce, expires) -> Ceremony.ofPending(record, pending.all(), nonce, expires));
        }
        return proving.open();
    }
}
