// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.CorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// How a total of the census lies on the disk, in {@link Family#TALLY}.
///
/// Key: scope ‖ 0x00 ‖ term (4 bytes). Value: format 2 (1 byte) ‖ values (8) ‖ bytes (8) ‖ encryptions (8)
/// ‖ bytes ever encrypted (8) ‖ CRC-32C of key and all before it (4). Format 1 has not the last number.
/// Numbers are big endian. The checksum finds a bent or moved record, not a forged one: destroy does not
/// trust a total.
record TallyRecord(Scope scope, int term, Tally tally) {
    private static final byte FORMAT = 2;
    private static final int LENGTH = 1 + 4 * Long.BYTES + Integer.BYTES;
    private static final byte FORMER = 1;
    private static final int FORMER_LENGTH = LENGTH - Long.BYTES;

    static byte[] key(Scope scope, int term) {
        byte[] folder = Folder.of(scope).encoded();
        return ByteBuffer.allocate(folder.length + Integer.BYTES)
                .put(folder)
                .putInt(term)
                .array();
    }

    /// @param key of the scope and the term that it is of
    static byte[] value(byte[] key, Tally tally) {
        ByteBuffer value = ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putLong(tally.values())
                .putLong(tally.bytes())
                .putLong(tally.encryptions())
                .putLong(tally.encrypted());
        return value.putInt(checksum(key, value.array())).array();
    }

    /// @throws CorruptedException if it is not what {@link #key} and {@link #value} gave
    static TallyRecord decode(byte[] key, byte[] value) {
        int end = key.length - Integer.BYTES - 1;
        boolean current = value.length == LENGTH && value[0] == FORMAT;
        boolean former = value.length == FORMER_LENGTH && value[0] == FORMER;
        if (end < 1 || key[end] != 0 || !current && !former) {
            throw corrupted(key);
        }
        ByteBuffer fields = ByteBuffer.wrap(value, 1, value.length - 1);
        long values = fields.getLong();
        long bytes = fields.getLong();
        long encryptions = fields.getLong();
        Tally tally = new Tally(values, bytes, encryptions, current ? fields.getLong() : bytes);
        if (fields.getInt() != checksum(key, value)) {
            throw corrupted(key);
        }
        return new TallyRecord(scope(key, end), ByteBuffer.wrap(key).getInt(end + 1), tally);
    }

    private static Scope scope(byte[] key, int end) {
        try {
            return new Scope(new String(key, 0, end, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notAName) {
            throw new CorruptedException("a record of the census has no scope", notAName);
        }
    }

    private static int checksum(byte[] key, byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(key);
        checksum.update(value, 0, value.length - Integer.BYTES);
        return (int) checksum.getValue();
    }

    private static CorruptedException corrupted(byte[] key) {
        int end = key.length - Integer.BYTES - 1;
        String scope = end < 1 ? "" : new String(Arrays.copyOf(key, end), StandardCharsets.ISO_8859_1);
        return new CorruptedException("the census record of scope " + scope + " is corrupted");
    }
}
