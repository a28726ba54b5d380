// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.barrier.Rewrapping;
import io.coffer.core.storage.Scope;
import io.coffer.core.vault.Vault;
import java.util.Optional;

/// Moves the keyrings of all scopes but `keys` to the primary term of `keys`, which wraps them.
final class KeyringRewrap {
    private static final int PAGE = 64;

    private KeyringRewrap() {}

    /// Durable on return. Not inside the vault's door.
    static void run(Vault vault) {
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            String from = after.get();
            Rewrapping.Stretch stretch = vault.unsealed(barrier -> Rewrapping.next(barrier, Scope.KEYS, from, PAGE));
            stretch.durable().await();
            after = stretch.after();
        }
    }
}
