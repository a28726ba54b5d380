// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.crypto.Algorithm;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Writer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/// A transaction over everything inside the barrier, the keyrings included. Keys are changed in the same
/// transaction as the values that need them, so neither is ever there without the other.
public interface BarrierWriter extends BarrierReader, Writer<Plaintext> {
    /// Gives a new scope a keyring of one term.
    ///
    /// @throws IllegalStateException if it has one
    void createKeyring(Scope scope, Instant now);

    /// Takes a scope's keyring away and all its values with it: nothing in it can be read any more, by any
    /// key or share. {@link PurgeJob} erases the keyring from the disk's files and frees the space.
    void removeScope(Scope scope);

    /// Lets a term that might have become the primary only decrypt any more.
    ///
    /// @throws IllegalArgumentException if it is the primary, destroyed, or none of this scope
    void deprecate(Scope scope, KeyTerm term);

    /// Takes the key of a term out of a scope's keyring: what is under it cannot be read any more, by any
    /// key or share. The caller has made sure that nothing is. {@link PurgeJob} erases from the disk's
    /// files what held the key.
    ///
    /// @throws IllegalArgumentException if it is the primary, destroyed, or none of this scope
    void destroy(Scope scope, KeyTerm term);

    /// Adds a term to a scope's keyring and makes it the primary; what was written before stays readable.
    ///
    /// @return the new term; empty if the keyring has {@link Keyring#MAX_TERMS} terms already
    /// @throws IllegalStateException if the scope has no keyring
    default Optional<TermInfo> rotate(Scope scope, Instant now) {
        return rotate(scope, Optional.empty(), now);
    }

    /// As {@link #rotate(Scope, Instant)}.
    ///
    /// @param algorithm of the new term; that of the former primary if empty
    Optional<TermInfo> rotate(Scope scope, Optional<Algorithm> algorithm, Instant now);

    /// Makes a term that is available the primary.
    ///
    /// @return empty if there is none of that number in that state
    /// @throws IllegalStateException if the scope has no keyring
    Optional<TermInfo> activate(Scope scope, KeyTerm term);

    /// The term of a scope's keyring that has this very key.
    ///
    /// @return empty also if the scope has no keyring
    Optional<KeyTerm> termOf(Scope scope, Secret key);

    /// Adds a key from elsewhere to a scope's keyring, as one that is available.
    ///
    /// @param key 32 bytes, which stay the caller's
    /// @return empty if the keyring is full
    /// @throws IllegalStateException if the scope has no keyring
    Optional<TermInfo> importKey(Scope scope, Algorithm algorithm, Secret key, Instant now);

    /// Lends the key of a scope's primary term, to be wrapped for another vault.
    ///
    /// @return empty if the scope has no keyring
    <T> Optional<T> lendPrimary(Scope scope, BiFunction<TermInfo, Secret, T> work);

    /// Wraps the keyring of scope `keys` under a new root key, and gives it a new term: no other root key opens
    /// it any more. {@link RekeyJob} then takes its older terms out of use.
    ///
    /// @param next known to the barrier already
    void replaceRootKey(RootKey next, Instant now);

    /// Wraps the keyring of scope `keys` under a new root key too; until {@link #dropPrevious} it does not change.
    ///
    /// @param next known to the barrier already
    /// @param keeps the generation of the other root key that goes on opening it
    void addRootKey(RootKey next, int keeps);

    /// Only the newest root key opens the keyring of scope `keys` from now on, which gets a new term, as with {@link
    /// #replaceRootKey}.
    void dropPrevious(Instant now);

    /// Tells {@link PurgeJob} that a record that held keys is replaced or removed in this transaction. Keyrings of
    /// scopes do so by themselves; this is for records that are written elsewhere.
    ///
    /// @param nonce 24 bytes of the record that no other has
    void owePurge(byte[] nonce);
}
