// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.TestVault;
import io.coffer.core.keyring.FullKeyring;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;

/// Puts keyrings that hold no further term in the place of others.
public final class FullKeyrings {
    private FullKeyrings() {}

    /// What is there of the scope does not open any more.
    public static void put(TestVault vault, Scope scope) {
        StorageKey record = Keyrings.record(scope);
        byte[] sealed = vault.vault()
                .unsealed(barrier -> barrier.inspect(snapshot -> {
                    try (Keyring full =
                            FullKeyring.of(TestVault.seeded(7), vault.time().now())) {
                        Keyring keys = snapshot.keyring(Scope.KEYS).orElseThrow();
                        return barrier.entries()
                                .encrypt(keys, record, KeyringFormat.encode(full), TestVault.seeded(8))
                                .bytes();
                    }
                }));
        Raw.put(vault.committer(), record, sealed);
        vault.vault().seal();
        vault.unseal();
    }
}
