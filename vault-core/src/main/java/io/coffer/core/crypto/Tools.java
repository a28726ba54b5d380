// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/// The ciphers or MACs of one key: made once, used again by whoever comes next, and gone when the key is
/// closed.
///
/// Making one costs several times as much as using one. Each is used by one thread at a time and then laid
/// back, mostly where the same thread finds it again; unlike a thread-local it belongs to its key, so closing
/// the key reaches all that lie here, and those in use when they come back. A tool in use is never erased
/// under its user's hands: what has begun ends under the true key, and what begins after closing is refused.
final class Tools<T extends Tools.Tool> implements AutoCloseable {
    /// Holds a key, in working order for one thread at a time.
    interface Tool {
        /// Overwrites the key.
        void erase();
    }

    /// At most so many are kept; a power of two, and more than there are threads that compute.
    private static final int KEPT = 16;

    private final Secret key;
    private final Function<byte[], T> maker;
    private final AtomicReferenceArray<T> kept = new AtomicReferenceArray<>(KEPT);
    private volatile boolean closed;

    /// @param key a secret of its own, closed with the tools
    /// @param maker is lent the key's bytes and copies what it keeps
    Tools(Secret key, Function<byte[], T> maker) {
        this.key = key;
        this.maker = maker;
    }

    /// A tool for this thread alone, to be laid back by [#giveBack] whatever happens; each use sets it up
    /// anew.
    ///
    /// @throws SecretClosedException after closing
    T take() {
        if (closed) {
            throw new SecretClosedException();
        }
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < KEPT; i++) {
            int place = first + i & KEPT - 1;
            if (kept.getPlain(place) != null) {
                var tool = kept.getAndSet(place, null);
                if (tool != null) {
                    return tool;
                }
            }
        }
        return key.use(maker);
    }

    void giveBack(T tool) {
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < KEPT; i++) {
            if (kept.compareAndSet(first + i & KEPT - 1, null, tool)) {
                if (closed) {
                    eraseKept();
                }
                return;
            }
        }
        tool.erase();
    }

    /// Refuses all further use and erases what is not in use. Closing again does nothing.
    @Override
    public void close() {
        closed = true;
        key.close();
        eraseKept();
    }

    /// Whoever takes a tool out of its place owns it, so none is erased twice or while it works.
    private void eraseKept() {
        for (int i = 0; i < KEPT; i++) {
            var tool = kept.getAndSet(i, null);
            if (tool != null) {
                tool.erase();
            }
        }
    }
}
