// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.storage.Scope;
import java.util.Optional;

/// A scope as a request names it.
final class ScopeName {
    static final String UNKNOWN = "no keyring is that of this 'scope'; give keys, system, tokens, leases,"
            + " identity, audit or the uuid of a mount as sys/mounts shows it";

    /// Where scope `keys`, whose keys wrap the others, is none of those that can be named.
    static final String CARRIED = "no key of this 'scope' is carried; give system, tokens, leases, identity, audit or"
            + " the uuid of a mount as sys/mounts shows it";

    private ScopeName() {}

    /// Nothing if no scope can have this name.
    static Optional<Scope> of(String name) {
        try {
            return Optional.of(new Scope(name));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
