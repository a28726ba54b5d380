// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.barrier.Rewrapping;
import io.coffer.core.storage.Scope;
import io.coffer.core.vault.Vault;
import java.util.Optional;

/// The keyrings of all scopes but `keys`, as values under its terms.
final class Keyrings {
    private static final int PAGE = 64;

    private Keyrings() {}

    /// Moves them to the primary term of `keys`; durable on return. Not inside the vault's door.
    static void move(Vault vault) {
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            String from = after.get();
            Rewrapping.Stretch stretch = vault.unsealed(barrier -> Rewrapping.next(barrier, Scope.KEYS, from, PAGE));
            stretch.durable().await();
            after = stretch.after();
        }
    }
}
