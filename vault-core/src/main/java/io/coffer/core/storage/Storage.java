// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Serializable transactions over named values. The type says on which side of the encryption they lie:
/// {@code Storage<Ciphertext>} is what is on disk, {@code Storage<Plaintext>} is the barrier over it.
public interface Storage<V> {
    /// Runs the work on the newest durable snapshot; waits for nothing.
    <T> T read(Function<Reader<V>, T> work);

    /// Runs the work as one transaction, at most twice, and never fails for a conflict. On return it has
    /// run and is accepted; the stage completes when it is durable. Work that throws commits nothing. A
    /// write that wrote nothing on its first run is complete on return.
    ///
    /// The stage fails with {@code OutcomeUnknownException} when the disk failed after acceptance: the
    /// change may be there after a restart.
    <T> CompletionStage<T> write(Function<Writer<V>, T> work);
}
