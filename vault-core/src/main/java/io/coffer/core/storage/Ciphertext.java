// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// A value as it lies on the disk: the first byte names the format, and in an entry the next four are the
/// key's term.
///
/// The array belongs to this value once it is made.
public final class Ciphertext {
    /// The header of an entry: one byte of format, four of term, big endian.
    public static final int HEADER_BYTES = 5;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;

    public Ciphertext(byte[] bytes) {
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /// The value itself, not a copy: read it, do not change it.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /// The term of the key that the entry was encrypted under, as its header says, not authenticated; 0
    /// if it is too short to have one.
    public int term() {
        return term(bytes, bytes.length);
    }

    /// The term of an entry of a length by its first bytes.
    static int term(byte[] header, int length) {
        return length < HEADER_BYTES ? 0 : (int) INT.get(header, 1);
    }

    @Override
    public String toString() {
        return "Ciphertext[" + bytes.length + " bytes]";
    }
}
