// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.shamir.Shamir;
import io.coffer.core.storage.StoreId;
import java.security.SecureRandom;
import java.util.List;

/// A set of shares with its shares, as a test needs it.
public record Sets(Generation set, List<Secret> shares) {
    public static final StoreId STORE = new StoreId(1, 2);

    private static final SecureRandom RANDOM = TestVault.seeded(7);

    public static Sets of(int generation, int count, int threshold) {
        try (Secret unsealKey = Secret.random(Ceremony.KEY_BYTES, RANDOM);
                Secret rootKey = Secret.random(RootKey.BYTES, RANDOM)) {
            List<Secret> shares = count == 1
                    ? List.of(unsealKey.duplicate())
                    : Shamir.split(unsealKey, count, threshold, RANDOM).stream()
                            .map(share -> Secret.takeFrom(share.bytes()))
                            .toList();
            return new Sets(
                    new Generation(
                            new SealConfig(count, threshold),
                            SealedRootKey.seal(rootKey, unsealKey, STORE, generation, RANDOM),
                            Commitments.to(STORE, generation, shares, RANDOM)),
                    shares);
        }
    }

    /// A share by its x, from 1.
    public Secret share(int index) {
        return shares.get(index - 1);
    }
}
