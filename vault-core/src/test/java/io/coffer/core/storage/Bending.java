// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.TestVault;

/// Records that were changed behind the vault's back.
public final class Bending {
    private Bending() {}

    /// After this the record does not open, and nothing is kept of what it said.
    public static void bend(TestVault vault, StorageKey key) {
        vault.committer()
                .write(writer -> {
                    byte[] bytes = writer.get(key).orElseThrow().bytes().clone();
                    bytes[bytes.length - 1] ^= 1;
                    writer.put(key, new Ciphertext(bytes));
                    return true;
                })
                .toCompletableFuture()
                .join();
        vault.vault().seal();
        vault.unseal();
    }

    /// What is told of a record that does not open.
    public static String reason(StorageKey key) {
        return "the value of " + key + " does not open: it was changed or moved";
    }
}
