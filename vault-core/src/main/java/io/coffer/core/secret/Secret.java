// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.secret;

import io.coffer.core.SecretClosedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Sensitive bytes with one owner, who closes them. They lie outside the heap, in memory locked where the
/// system allows it, are zeroed on close, compared in constant time and never printed.
///
/// Any thread may read while another closes: a reader gets all the bytes or [SecretClosedException], never
/// zeros and never a part. `close` marks first and zeroes then; `copy` reads first and looks at the mark
/// then, so bytes that were read too late are always recognised.
///
/// Limit: what is copied out lies on the heap, where the collector may leave further copies. A secret that
/// nobody closes stays in memory.
public final class Secret implements AutoCloseable {
    /// The most bytes that a secret may have.
    public static final int MAX_BYTES = LockedMemory.LARGEST;

    private final int length;
    private final MemorySegment slot;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Secret(byte[] bytes) {
        this.length = bytes.length;
        this.slot = LockedMemory.take(length);
        MemorySegment.copy(bytes, 0, slot, ValueLayout.JAVA_BYTE, 0, length);
    }

    /// New bytes from the source of randomness.
    public static Secret random(int bytes, SecureRandom random) {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_BYTES + " bytes, not " + bytes);
        }
        var drawn = new byte[bytes];
        random.nextBytes(drawn);
        return takeFrom(drawn);
    }

    /// Takes the bytes over: the array holds zeros afterwards, also if it was refused.
    public static Secret takeFrom(byte[] bytes) {
        try {
            return new Secret(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Whether all memory given to secrets so far is locked against being swapped out.
    public static boolean memoryIsLocked() {
        return LockedMemory.locked();
    }

    public int length() {
        return length;
    }

    /// A copy on the heap, which the caller zeroes.
    ///
    /// @throws SecretClosedException if the secret was closed before all bytes were read
    public byte[] copy() {
        var bytes = new byte[length];
        MemorySegment.copy(slot, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
        VarHandle.acquireFence();
        if (closed.get()) {
            Arrays.fill(bytes, (byte) 0);
            throw new SecretClosedException();
        }
        return bytes;
    }

    /// Lends a copy for the time of the call and zeroes it then.
    public <T> T use(Function<byte[], T> work) {
        var bytes = copy();
        try {
            return work.apply(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// The same bytes with an owner of their own.
    public Secret duplicate() {
        return takeFrom(copy());
    }

    /// Compares in a time that depends on the lengths only.
    public boolean sameAs(Secret other) {
        return other.use(this::sameAs);
    }

    /// Compares in a time that depends on the lengths only.
    public boolean sameAs(byte[] other) {
        return use(bytes -> MessageDigest.isEqual(bytes, other));
    }

    /// Zeroes the bytes. Closing again does nothing.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            VarHandle.fullFence();
            slot.fill((byte) 0);
            LockedMemory.giveBack(slot);
        }
    }

    @Override
    public String toString() {
        return "Secret[" + length + " bytes]";
    }
}
