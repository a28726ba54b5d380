// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Objects;

/// A kind of data with a keyring of its own: one that the vault keeps itself, or one mount by its uuid.
///
/// A name is 1 to 64 characters of `a-z`, `0-9` and `-`, so it needs no escaping in a disk key.
public record Scope(String name) {
    /// The seal record, in clear, outside the barrier.
    public static final Scope SEAL = new Scope("seal");
    /// The keyring of scope `keys`, wrapped by the root key.
    public static final Scope KEYRING = new Scope("keyring");
    /// The keyrings of all other scopes and nothing else.
    public static final Scope KEYS = new Scope("keys");
    /// Mounts, policies and other settings of the vault.
    public static final Scope SYSTEM = new Scope("system");
    /// Tokens, accessors and what belongs to one token.
    public static final Scope TOKENS = new Scope("tokens");
    /// Leases and their expiry index.
    public static final Scope LEASES = new Scope("leases");
    /// Entities, aliases and groups.
    public static final Scope IDENTITY = new Scope("identity");
    /// Audit devices and their keys.
    public static final Scope AUDIT = new Scope("audit");

    private static final int LONGEST = 64;

    public Scope {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(Scope::allowed)) {
            throw new IllegalArgumentException("a scope's name is 1 to 64 characters of a-z, 0-9 and '-'");
        }
    }

    /// Where records of this scope lie on the disk.
    public Family family() {
        return equals(SEAL) || equals(KEYRING) || equals(KEYS) ? Family.KEYS : Family.ENTRIES;
    }

    /// Whether the census counts this scope: the seal record and the keyring of `keys` are under no term.
    public boolean counted() {
        return !equals(SEAL) && !equals(KEYRING);
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean allowed(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }
}
