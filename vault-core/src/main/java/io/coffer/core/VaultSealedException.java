// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// The vault is sealed (or not initialized): no key is there to open anything.
public final class VaultSealedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public VaultSealedException() {
        super("Vault is sealed");
    }
}
