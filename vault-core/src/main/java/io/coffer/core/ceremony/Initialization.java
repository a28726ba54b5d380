// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.PgpKeyException;
import io.coffer.core.crypto.PgpRecipient;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Credential;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import io.coffer.core.token.TokenStore;
import io.coffer.core.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Makes a store: unseal key, shares, root key, the keyrings, the built-in mounts and the root token, all
/// in one transaction. The unseal key and the root key are gone when it returns; only the shares can bring
/// them back.
public final class Initialization {
    private final Vault vault;
    private final MountTable mounts;
    private final TokenStore tokens;
    private final Time time;
    private final SecureRandom random;

    /// What is asked for.
    ///
    /// @param shareKeys one for each share, in their order, or none: whom the shares are encrypted to
    /// @param tokenKey whom the root token is encrypted to
    /// @param rootToken the root token's text; drawn at random if empty
    public record Plan(
            SealConfig config,
            List<PgpRecipient> shareKeys,
            Optional<PgpRecipient> tokenKey,
            Optional<Credential> rootToken) {
        public Plan {
            shareKeys = List.copyOf(shareKeys);
            if (!shareKeys.isEmpty() && shareKeys.size() != config.shares()) {
                throw new IllegalArgumentException("there is a key for each share or for none");
            }
        }
    }

    /// What the holders get, once. The secrets are owned by whoever asked.
    ///
    /// @param shares in the order of their index; encrypted ones are OpenPGP messages of the share in hex
    /// @param rootToken the text, or an OpenPGP message of it
    /// @param tokenEncrypted whether the root token is such a message
    public record Handover(List<Secret> shares, Secret rootToken, boolean tokenEncrypted) implements AutoCloseable {
        @Override
        public void close() {
            shares.forEach(Secret::close);
            rootToken.close();
        }
    }

    public Initialization(Vault vault, MountTable mounts, TokenStore tokens, Time time, SecureRandom random) {
        this.vault = vault;
        this.mounts = mounts;
        this.tokens = tokens;
        this.time = time;
        this.random = random;
    }

    /// Completes when the store is durable; empty if there is one already.
    ///
    /// @throws PgpKeyException if something cannot be encrypted to a key
    public CompletionStage<Optional<Handover>> run(Plan plan) {
        StoreId storeId = StoreId.random(random);
        Credential token = plan.rootToken().orElseGet(() -> tokens.newCredential(random));
        try (NewShares made = NewShares.draw(storeId, 1, plan.config(), random)) {
            SealRecord record = SealRecord.first(storeId, made.set());
            Handover handover = handover(plan, made, token);
            return vault.initialize(record, made.rootKey(), time.now(), writer -> first(writer, token))
                    .whenComplete((created, fault) -> {
                        if (fault != null || !created) {
                            handover.close();
                        }
                    })
                    .thenApply(created -> created ? Optional.of(handover) : Optional.empty());
        }
    }

    private void first(BarrierWriter writer, Credential token) {
        mounts.create(writer, random, time.now());
        tokens.create(writer, random);
        tokens.createRoot(writer, token, random, time.now());
    }

    private Handover handover(Plan plan, NewShares shares, Credential token) {
        List<Secret> made = shares.handOut(plan.shareKeys(), random);
        boolean all = false;
        try {
            Handover handover =
                    new Handover(made, rootToken(plan, token), plan.tokenKey().isPresent());
            all = true;
            return handover;
        } finally {
            if (!all) {
                made.forEach(Secret::close);
            }
        }
    }

    private Secret rootToken(Plan plan, Credential token) {
        Secret text = Secret.takeFrom(token.text().getBytes(StandardCharsets.US_ASCII));
        if (plan.tokenKey().isEmpty()) {
            return text;
        }
        try (text) {
            return encrypted(plan.tokenKey().get(), text);
        }
    }

    private Secret encrypted(PgpRecipient key, Secret plain) {
        return plain.use(bytes -> Secret.takeFrom(key.encrypt(bytes, random)));
    }
}
