// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.barrier.RootKey;
import io.coffer.core.crypto.ShareRecipient;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.seal.Commitments;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.SealedRootKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.shamir.Shamir;
import io.coffer.core.shamir.Share;
import io.coffer.core.storage.StoreId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// A new unseal key, split, and a new root key under it. The unseal key is gone already: only the shares can
/// bring it back.
///
/// @param rootKey bare; closed with the shares
/// @param shares in the order of their index, or the key itself if there is one
record NewShares(Generation set, Secret rootKey, List<Secret> shares) implements AutoCloseable {
    static NewShares draw(StoreId storeId, int generation, SealConfig config, SecureRandom random) {
        Secret rootKey = Secret.random(RootKey.BYTES, random);
        try (Secret unsealKey = Secret.random(Ceremony.KEY_BYTES, random)) {
            List<Secret> shares = split(unsealKey, config, random);
            Generation set = new Generation(
                    config,
                    SealedRootKey.seal(rootKey, unsealKey, storeId, generation, random),
                    Commitments.to(storeId, generation, shares, random));
            return new NewShares(set, rootKey, shares);
        }
    }

    /// What the holders get: each share in clear, or a message to its holder's key of the share in hex.
    ///
    /// @param keys one for each share in their order, or none
    /// @return owned by whoever asked
    List<Secret> handOut(List<? extends ShareRecipient> keys, SecureRandom random) {
        List<Secret> made = new ArrayList<>();
        boolean all = false;
        try {
            for (int i = 0; i < shares.size(); i++) {
                made.add(keys.isEmpty() ? shares.get(i).duplicate() : encrypted(shares.get(i), keys.get(i), random));
            }
            all = true;
            return made;
        } finally {
            if (!all) {
                made.forEach(Secret::close);
            }
        }
    }

    private static Secret encrypted(Secret share, ShareRecipient key, SecureRandom random) {
        try (Secret hex = Hex.of(share)) {
            return hex.use(bytes -> Secret.takeFrom(key.encrypt(bytes, random)));
        }
    }

    private static List<Secret> split(Secret unsealKey, SealConfig config, SecureRandom random) {
        if (config.shares() == 1) {
            return List.of(unsealKey.duplicate());
        }
        List<Secret> shares = new ArrayList<>();
        for (Share share : Shamir.split(unsealKey, config.shares(), config.threshold(), random)) {
            try (share) {
                shares.add(Secret.takeFrom(share.bytes()));
            }
        }
        return shares;
    }

    @Override
    public void close() {
        rootKey.close();
        shares.forEach(Secret::close);
    }
}
