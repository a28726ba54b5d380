// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The seal record as bytes, in clear: version (1 byte: 1), store id (16), shares (1), threshold (1), kind
/// of seal (1), sealed root key (72), number of former generations (1), then the current commitments and
/// the former ones; at the end the SHA-256 of all before.
///
/// Commitments: generation (4), salt (32), number (1), values (32 each). Big endian. The checksum finds
/// damage, not an attacker: who can write the disk can make this record say anything, and then the root key
/// does not open.
public final class SealRecordFormat {
    /// Where the seal record lies.
    public static final StorageKey KEY = new StorageKey(Scope.SEAL, "config");

    private static final byte VERSION = 1;
    private static final int CHECKSUM_BYTES = 32;

    private SealRecordFormat() {}

    public static Ciphertext encode(SealRecord record) {
        int size = 1 + StoreId.BYTES + 3 + SealedRootKey.SEALED_BYTES + 1 + size(record.commitments());
        for (Commitments former : record.former()) {
            size += size(former);
        }
        ByteBuffer out = ByteBuffer.allocate(size + CHECKSUM_BYTES)
                .put(VERSION)
                .put(record.storeId().bytes())
                .put((byte) record.config().shares())
                .put((byte) record.config().threshold())
                .put((byte) record.rootKey().kind().code())
                .put(record.rootKey().sealed())
                .put((byte) record.former().size());
        put(out, record.commitments());
        record.former().forEach(former -> put(out, former));
        out.put(checksum(Arrays.copyOf(out.array(), size)));
        return new Ciphertext(out.array());
    }

    /// @throws CorruptedException if the bytes are not those of a seal record, unchanged
    public static SealRecord decode(Ciphertext stored) {
        byte[] bytes = stored.bytes();
        int size = bytes.length - CHECKSUM_BYTES;
        if (size < 1
                || !MessageDigest.isEqual(
                        checksum(Arrays.copyOf(bytes, size)), Arrays.copyOfRange(bytes, size, bytes.length))) {
            throw new CorruptedException("the seal record is damaged: its checksum does not match");
        }
        if (bytes[0] != VERSION) {
            throw new CorruptedException("the seal record has version " + bytes[0] + ", which is not known here");
        }
        try {
            return read(ByteBuffer.wrap(bytes, 1, size - 1));
        } catch (BufferUnderflowException | IllegalArgumentException foreign) {
            throw new CorruptedException("the seal record has another form than its version says", foreign);
        }
    }

    private static SealRecord read(ByteBuffer in) {
        StoreId storeId = StoreId.of(bytes(in, StoreId.BYTES));
        SealConfig config = new SealConfig(Byte.toUnsignedInt(in.get()), Byte.toUnsignedInt(in.get()));
        if (in.get() != SealedRootKey.Kind.SHAMIR.code()) {
            throw new IllegalArgumentException("a kind of seal that is not known here");
        }
        SealedRootKey rootKey = new SealedRootKey(SealedRootKey.Kind.SHAMIR, bytes(in, SealedRootKey.SEALED_BYTES));
        int count = Byte.toUnsignedInt(in.get());
        Commitments current = commitments(in);
        List<Commitments> former = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            former.add(commitments(in));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("bytes after the seal record's end");
        }
        return new SealRecord(storeId, config, rootKey, current, former);
    }

    private static int size(Commitments commitments) {
        return 4 + Commitments.SALT_BYTES + 1 + commitments.values().size() * Commitments.VALUE_BYTES;
    }

    private static void put(ByteBuffer out, Commitments commitments) {
        out.putInt(commitments.generation()).put(commitments.salt()).put((byte)
                commitments.values().size());
        commitments.values().forEach(out::put);
    }

    private static Commitments commitments(ByteBuffer in) {
        int generation = in.getInt();
        byte[] salt = bytes(in, Commitments.SALT_BYTES);
        int count = Byte.toUnsignedInt(in.get());
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(bytes(in, Commitments.VALUE_BYTES));
        }
        return new Commitments(generation, salt, values);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] checksum(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
