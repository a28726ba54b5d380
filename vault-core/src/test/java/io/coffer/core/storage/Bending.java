// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.TestVault;

/// Records that were changed behind the vault's back.
public final class Bending {
    private Bending() {}

    /// After this the record does not open, and nothing is kept of what it said.
    public static void bend(TestVault vault, StorageKey key) {
        Raw.bend(vault.committer(), key);
        vault.vault().seal();
        vault.unseal();
    }

    /// What is told of a record that does not open.
    public static String reason(StorageKey key) {
        return "the value of " + key + " does not open: it was changed or moved";
    }
}
