// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The storage of ciphertext, with what is needed to go through all of it: walks that bring values along, and values
/// that are exchanged for others of the same content.
public interface EncryptedStore extends Storage<Ciphertext>, Census {
    /// As {@link #read}, with walks over values.
    <T> T inspect(Function<Walks, T> work);

    /// As {@link #write}, with exchanges.
    <T> CompletionStage<T> exchange(Function<Exchange, T> work);

    /// A snapshot that can be walked through.
    interface Walks extends Reader<Ciphertext> {
        /// Every value below a folder after a path relative to it, in byte order.
        ///
        /// @param limit as with {@link #scan}
        /// @param bytes ends the page with the value that reaches so many
        Page<Stored> walk(Folder folder, String after, int limit, long bytes);
    }

    /// A transaction that exchanges values.
    interface Exchange extends Writer<Ciphertext> {
        /// Puts a value in the place of another, if that is there still. Where nothing has changed it costs
        /// no look at the disk.
        ///
        /// @param before as a snapshot showed it
        /// @param since the version of that snapshot
        /// @return whether it was there still
        boolean replace(Stored before, Ciphertext after, long since);
    }
}
