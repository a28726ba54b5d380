// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a ciphertext or a MAC is bound to: a label and fields, each with its length before it in four bytes,
/// big endian.
///
/// Two different lists of fields never give the same bytes. The label says what kind of thing is encrypted,
/// so that one kind is never taken for another.
public final class AssociatedData {
    private AssociatedData() {}

    /// The label, in UTF-8, and the fields.
    public static byte[] of(String label, byte[]... fields) {
        return append(framed(label.getBytes(StandardCharsets.UTF_8)), fields);
    }

    /// The same with further fields: what all entries of one key have in common is framed once.
    public static byte[] append(byte[] data, byte[]... fields) {
        int length = data.length;
        for (var field : fields) {
            length = Math.addExact(length, Math.addExact(Integer.BYTES, field.length));
        }
        var buffer = ByteBuffer.allocate(length).put(data);
        for (var field : fields) {
            buffer.putInt(field.length).put(field);
        }
        return buffer.array();
    }

    /// A number as a field of four bytes, big endian.
    public static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /// A text as a field, in UTF-8.
    public static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] framed(byte[] field) {
        return append(new byte[0], field);
    }
}
