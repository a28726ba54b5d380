// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.List;
import java.util.Optional;

/// Bytes by name, ordered, durable. It is dumb: it knows no transaction, no key and no version.
///
/// Every method may throw {@code StorageUnavailableException}; after a failed {@link #write} the disk
/// refuses all later ones, and what that write held may or may not be there after it is opened again.
public interface Disk extends AutoCloseable {
    /// The length of a value that is not there.
    int ABSENT = -1;

    /// A consistent snapshot, to be closed by the caller.
    View view();

    /// All of the changes in their order or none of them; durable on return.
    void write(List<Change> changes);

    /// Makes sure that no file of this disk holds a removed or replaced value of {@link Family#KEYS}
    /// any more.
    void purge();

    /// Those of the sequences that some file of this disk holds, in records that are there or in what is left of
    /// others. A sequence has at least 8 bytes.
    List<byte[]> traces(List<byte[]> sequences);

    /// Gives back the space of what was removed from a key (inclusive) to another (exclusive).
    void reclaim(Family family, byte[] from, byte[] to);

    @Override
    void close();

    /// A consistent snapshot of a disk; safe for use by several threads.
    interface View extends AutoCloseable {
        /// The array belongs to the caller, who does not change it.
        Optional<byte[]> get(Family family, byte[] key);

        /// Copies the first bytes of a value, as many as there are and fit, and gives its whole length
        /// or {@link #ABSENT}.
        int head(Family family, byte[] key, byte[] into);

        /// The pairs from a key (inclusive) in byte order; closed by the caller before the view.
        Cursor from(Family family, byte[] key);

        /// The pairs from a key (inclusive) to another (exclusive); a walk never looks at what lies
        /// beyond.
        Cursor range(Family family, byte[] from, byte[] to);

        @Override
        void close();
    }

    /// A position in a view, used by one thread. Whatever ends a walk early throws: it never just stops.
    interface Cursor extends AutoCloseable {
        /// Whether there is a pair here.
        boolean valid();

        byte[] key();

        byte[] value();

        void next();

        /// Moves to the first pair at or after a key, forwards or back, within the cursor's bounds.
        void seek(byte[] key);

        @Override
        void close();
    }

    /// One change of a batch.
    sealed interface Change {
        record Put(Family family, byte[] key, byte[] value) implements Change {}

        record Delete(Family family, byte[] key) implements Change {}

        /// Removes every pair from a key (inclusive) to another (exclusive).
        record DeleteRange(Family family, byte[] from, byte[] to) implements Change {}
    }
}
