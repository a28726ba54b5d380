// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The seal record as bytes, in clear: version (1 byte: 2), store id (16), kind of seal (1), which sets of
/// shares follow the current one (1: 1 for a pending set, 2 for a previous one, added up), the sets, number of
/// former generations (1), their commitments; at the end the SHA-256 of all before.
///
/// A set: shares (1), threshold (1), sealed root key (72), commitments. Commitments: generation (4), salt
/// (32), number (1), values (32 each). Big endian. The checksum finds damage, not an attacker: who can write
/// the disk can make this record say anything, and then the root key does not open.
///
/// Version 1, which is read and not written any more, has one set: version, store id, shares, threshold,
/// kind, sealed root key, number of former generations, commitments of the set, those of the former ones.
public final class SealRecordFormat {
    /// Where the seal record lies.
    public static final StorageKey KEY = new StorageKey(Scope.SEAL, "config");

    private static final byte VERSION = 2;
    private static final byte FIRST_VERSION = 1;
    private static final int PENDING = 1;
    private static final int PREVIOUS = 2;

    private SealRecordFormat() {}

    public static Ciphertext encode(SealRecord record) {
        int size = 1 + StoreId.BYTES + 3 + size(record.current());
        size += record.pending().map(SealRecordFormat::size).orElse(0);
        size += record.previous().map(SealRecordFormat::size).orElse(0);
        for (Commitments former : record.former()) {
            size += size(former);
        }
        int more = (record.pending().isPresent() ? PENDING : 0)
                | (record.previous().isPresent() ? PREVIOUS : 0);
        ByteBuffer out = ByteBuffer.allocate(size + Checksum.BYTES)
                .put(VERSION)
                .put(record.storeId().bytes())
                .put((byte) record.rootKey().kind().code())
                .put((byte) more);
        put(out, record.current());
        record.pending().ifPresent(set -> put(out, set));
        record.previous().ifPresent(set -> put(out, set));
        out.put((byte) record.former().size());
        record.former().forEach(former -> put(out, former));
        out.put(Checksum.of(Arrays.copyOf(out.array(), size)));
        return new Ciphertext(out.array());
    }

    /// @throws CorruptedException if the bytes are not those of a seal record, unchanged
    public static SealRecord decode(Ciphertext stored) {
        ByteBuffer in = ByteBuffer.wrap(Checksum.checked("the seal record", stored.bytes()));
        try {
            byte version = in.get();
            if (version != VERSION && version != FIRST_VERSION) {
                throw new CorruptedException("the seal record has version " + version + ", which is not known here");
            }
            SealRecord record = version == VERSION ? read(in) : readFirst(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes after the seal record's end");
            }
            return record;
        } catch (BufferUnderflowException | IllegalArgumentException foreign) {
            throw new CorruptedException("the seal record has another form than its version says", foreign);
        }
    }

    private static SealRecord read(ByteBuffer in) {
        StoreId storeId = StoreId.of(bytes(in, StoreId.BYTES));
        requireShamir(in.get());
        int more = in.get();
        if (more < 0 || more > (PENDING | PREVIOUS)) {
            throw new IllegalArgumentException("sets of shares that are not known here");
        }
        Generation current = set(in);
        Optional<Generation> pending = (more & PENDING) == 0 ? Optional.empty() : Optional.of(set(in));
        Optional<Generation> previous = (more & PREVIOUS) == 0 ? Optional.empty() : Optional.of(set(in));
        return new SealRecord(storeId, current, pending, previous, former(in, Byte.toUnsignedInt(in.get())));
    }

    private static SealRecord readFirst(ByteBuffer in) {
        StoreId storeId = StoreId.of(bytes(in, StoreId.BYTES));
        SealConfig config = new SealConfig(Byte.toUnsignedInt(in.get()), Byte.toUnsignedInt(in.get()));
        requireShamir(in.get());
        SealedRootKey rootKey = new SealedRootKey(SealedRootKey.Kind.SHAMIR, bytes(in, SealedRootKey.SEALED_BYTES));
        int count = Byte.toUnsignedInt(in.get());
        Generation current = new Generation(config, rootKey, commitments(in));
        return new SealRecord(storeId, current, Optional.empty(), Optional.empty(), former(in, count));
    }

    private static void requireShamir(byte kind) {
        if (kind != SealedRootKey.Kind.SHAMIR.code()) {
            throw new IllegalArgumentException("a kind of seal that is not known here");
        }
    }

    private static Generation set(ByteBuffer in) {
        SealConfig config = new SealConfig(Byte.toUnsignedInt(in.get()), Byte.toUnsignedInt(in.get()));
        SealedRootKey rootKey = new SealedRootKey(SealedRootKey.Kind.SHAMIR, bytes(in, SealedRootKey.SEALED_BYTES));
        return new Generation(config, rootKey, commitments(in));
    }

    private static List<Commitments> former(ByteBuffer in, int count) {
        List<Commitments> former = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            former.add(commitments(in));
        }
        return former;
    }

    private static int size(Generation set) {
        return 2 + SealedRootKey.SEALED_BYTES + size(set.commitments());
    }

    private static void put(ByteBuffer out, Generation set) {
        out.put((byte) set.config().shares())
                .put((byte) set.threshold())
                .put(set.rootKey().sealed());
        put(out, set.commitments());
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
}
