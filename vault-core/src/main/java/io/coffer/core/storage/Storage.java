// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Serializable transactions over named values. The type says on which side of the encryption they lie:
/// {@code Storage<Ciphertext>} is what is on disk, {@code Storage<Plaintext>} is the barrier over it.
public interface Storage<V> {
    /// Runs the work on the newest durable snapshot; waits for nothing.
    <T> T read(Function<Reader<V>, T> work);

    /// The commit that the oldest snapshot in use shows. Nothing that runs now or later sees an older one: whoever
    /// takes away what a later commit has made useless waits until this has reached it.
    long oldest();

    /// Runs the work as one transaction, at most twice, and never fails for a conflict. On return it
    /// has run and is accepted; the stage completes when it is durable, outside any lock, on a thread
    /// that must not be held up. A write that wrote nothing on its first run is complete on return.
    ///
    /// Every failure comes through the stage. Work that throws commits nothing and the stage fails with
    /// what it threw: at once after a first run, and after a second one when what that run has seen is
    /// durable. {@code StorageUnavailableException} and {@code OverloadedException} say that nothing is
    /// committed; {@code OutcomeUnknownException}, that the disk failed after acceptance and the change
    /// may be there after a restart.
    ///
    /// The work must not write to the same storage: its second run has everybody else waiting.
    <T> CompletionStage<T> write(Function<Writer<V>, T> work);
}
