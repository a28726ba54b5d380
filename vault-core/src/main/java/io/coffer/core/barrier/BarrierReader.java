// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A snapshot of everything inside the barrier, with what was made of it before.
public interface BarrierReader extends Reader<Plaintext> {
    /// What {@code load} makes of this snapshot, kept until the guard changes; so it is immutable, and
    /// everything that it is made of changes only together with the guard. Kept things that are closeable
    /// are closed when the vault seals.
    ///
    /// A guard has one kind of thing kept under it. Counts as a read of the guard; what was never kept
    /// counts its own reads.
    <T> T cached(StorageKey guard, Supplier<T> load);

    /// The term under which a scope's new values are encrypted; empty if the scope has no keyring.
    Optional<TermInfo> primary(Scope scope);

    /// All terms of a scope's keyring in their order, destroyed ones too; none if the scope has no keyring.
    List<TermInfo> terms(Scope scope);

    /// What tells this form of a scope's keyring from every other that it had or will have: a nonce of 24 bytes in
    /// hex. Empty if the scope has no keyring.
    Optional<String> keyringId(Scope scope);

    /// The share generations that open the store as this snapshot shows it, one or two, the newest last.
    List<Integer> generations();

    StoreId storeId();

    /// Every scope that has a keyring, save `keys` itself, in byte order.
    ///
    /// @param after the name of a scope, an exclusive start; empty to start at the first
    Page<Scope> scopes(String after, int limit);

    /// Whether two sets of shares open the store: until a rekey is certain to have reached its holders, the keyring
    /// of `keys` is wrapped by both root keys and gets no term.
    boolean isShared();
}
