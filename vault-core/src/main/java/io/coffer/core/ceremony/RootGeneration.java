// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.VaultSealedException;
import io.coffer.core.request.Credential;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.token.TokenStore;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Makes a root token when holders of shares that open the store agree to it, for when there is none left. One at a
/// time.
///
/// The last share ends it, whatever comes of the token, so that one ceremony makes one token at most. It is covered
/// before it is written, and written before it is handed out: what is handed out is a root token.
public final class RootGeneration {
    private final Vault vault;
    private final TokenStore tokens;
    private final SecureRandom random;
    private final Gathering<RootPlan> gathering;
    private final Surroundings surroundings;

    /// What it is told by, and tells.
    ///
    /// @param expiry after which shares that were handed in are forgotten
    public record Surroundings(Time time, Observer observer, Duration expiry) {}

    /// How far it is.
    ///
    /// @param record the store as it is now
    /// @param open empty if none has begun
    /// @param expires when the shares handed in so far are forgotten
    public record Status(SealRecord record, Optional<Gathering.Open<RootPlan>> open, Optional<Instant> expires) {}

    /// The token as it is handed out, once.
    ///
    /// @param token covered, in base64; owned by whoever asked
    /// @param shares how many have agreed
    public record Handover(String nonce, String fingerprint, int shares, Secret token) implements AutoCloseable {
        @Override
        public void close() {
            token.close();
        }
    }

    public RootGeneration(Vault vault, TokenStore tokens, SecureRandom random, Surroundings surroundings) {
        this.vault = vault;
        this.tokens = tokens;
        this.random = random;
        this.surroundings = surroundings;
        this.gathering = new Gathering<>(surroundings.time(), random, surroundings.expiry());
        vault.whenSealed(gathering::end);
    }

    /// @throws VaultSealedException if the vault is not unsealed
    public synchronized Status status() {
        SealRecord record = record();
        return new Status(record, open(record), gathering.expires());
    }

    /// Begins one, whose first share is that of whoever starts it, if he did so by a share.
    ///
    /// @param plan taken over if it begins
    /// @return empty if one is under way
    public synchronized Optional<Status> start(RootPlan plan, Starter starter) {
        SealRecord record = record();
        if (open(record).isPresent()) {
            return Optional.empty();
        }
        gathering.start(plan, starter, (nonce, expires) -> Ceremony.ofValid(record, nonce, expires));
        return Optional.of(status());
    }

    /// Takes a share, which stays the caller's, and makes the token if it was the last one needed.
    public RootUpdate update(String nonce, Secret share) {
        return switch (offer(nonce, share)) {
            case Offered.Told(RootUpdate update) -> update;
            case Offered.Last(ShareId id, Gathering.Open<RootPlan> ended) -> {
                try (RootPlan plan = ended.plan()) {
                    yield new RootUpdate.Made(id, make(plan, ended));
                }
            }
        };
    }

    /// Ends what is under way.
    public synchronized Gathering.Ending cancel(Starter who) {
        open(record());
        return gathering.cancel(who);
    }

    /// Forgets shares that were handed in too long ago.
    public void expire() {
        gathering.open();
    }

    /// What became of a share, before the disk is asked.
    private sealed interface Offered {
        record Told(RootUpdate update) implements Offered {}

        /// It was the last one: the ceremony has ended, and its plan is the caller's.
        record Last(ShareId share, Gathering.Open<RootPlan> ended) implements Offered {}
    }

    private synchronized Offered offer(String nonce, Secret share) {
        SealRecord record = record();
        Optional<Gathering.Open<RootPlan>> open = open(record);
        if (open.isEmpty()) {
            return new Offered.Told(new RootUpdate.NoneOpen());
        }
        Ceremony ceremony = open.get().ceremony();
        if (!ceremony.nonce().equals(nonce)) {
            return new Offered.Told(new RootUpdate.WrongNonce(ceremony.nonce()));
        }
        return switch (ceremony.offer(share)) {
            case Ceremony.Offer.Refused(String reason) -> new Offered.Told(new RootUpdate.Refused(reason));
            case Ceremony.Offer.Repeated(ShareId id, int progress) -> new Offered.Told(new RootUpdate.Repeated(id));
            case Ceremony.Offer.Counted(ShareId id, int progress) -> new Offered.Told(new RootUpdate.Taken(id));
            case Ceremony.Offer.Complete(ShareId id, Secret unsealKey) -> complete(record, id, unsealKey);
        };
    }

    /// The quorum's unseal key opens the root key, or the shares are not what the record says.
    private Offered complete(SealRecord record, ShareId last, Secret unsealKey) {
        try (unsealKey) {
            record.open(last.generation(), unsealKey).close();
            return new Offered.Last(last, gathering.take().orElseThrow());
        } catch (AuthenticationFailedException changed) {
            gathering.end();
            return new Offered.Told(new RootUpdate.Refused("root generation aborted: the shares are good and the root"
                    + " key does not open; the seal record was changed"));
        }
    }

    private Handover make(RootPlan plan, Gathering.Open<RootPlan> ended) {
        Credential token = tokens.newCredential(random);
        try (Secret text = Secret.takeFrom(token.text().getBytes(StandardCharsets.US_ASCII))) {
            Secret covered = plan.cover(text, random);
            boolean written = false;
            try {
                write(token);
                written = true;
            } finally {
                if (!written) {
                    covered.close();
                }
            }
            surroundings
                    .observer()
                    .observe(new Event.RootTokenMade(ended.starter().text()));
            return new Handover(
                    ended.ceremony().nonce(),
                    plan.fingerprint(),
                    ended.ceremony().required(),
                    covered);
        }
    }

    private void write(Credential token) {
        Instant now = surroundings.time().now();
        vault.unsealed(barrier -> barrier.govern(writer -> {
                    tokens.createRoot(writer, token, random, now);
                    return true;
                }))
                .toCompletableFuture()
                .join();
    }

    private SealRecord record() {
        if (vault.state() instanceof VaultState.Unsealed open) {
            return open.record();
        }
        throw new VaultSealedException();
    }

    /// The one that has begun, unless other shares are the current ones since.
    private Optional<Gathering.Open<RootPlan>> open(SealRecord record) {
        boolean others =
                gathering.open().filter(open -> !open.ceremony().follow(record)).isPresent();
        if (others) {
            gathering.end();
        }
        return gathering.open();
    }
}
