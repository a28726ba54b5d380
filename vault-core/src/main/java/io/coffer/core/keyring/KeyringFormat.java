// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import io.coffer.core.crypto.Algorithm;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// A keyring as bytes, before it is encrypted or wrapped: one byte of version (1), four of the number of
/// terms, then for each term in its order: term (4), algorithm (1), status (1), install time (8 bytes of
/// seconds since 1970, 4 of nanoseconds), length of the key (1: 32, or 0 if destroyed), key. Algorithm 1 is
/// XAES-256-GCM, 2 is AES-256-GCM. Big endian. No key ever becomes text.
public final class KeyringFormat {
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 4 + 1 + 1 + 8 + 4 + 1;

    private KeyringFormat() {}

    /// The caller zeroes the array when it is encrypted.
    public static byte[] encode(Keyring keyring) {
        ByteBuffer out = ByteBuffer.allocate(5 + keyring.terms().size() * (FIXED_BYTES + DataKey.BYTES));
        out.put(VERSION).putInt(keyring.terms().size());
        for (TermInfo info : keyring.terms()) {
            byte[] key = keyring.keyBytes(info.term());
            out.putInt(info.term().value())
                    .put((byte) code(info.algorithm()))
                    .put((byte) info.status().code())
                    .putLong(info.installed().getEpochSecond())
                    .putInt(info.installed().getNano())
                    .put((byte) key.length)
                    .put(key);
            Arrays.fill(key, (byte) 0);
        }
        byte[] encoded = Arrays.copyOf(out.array(), out.position());
        Arrays.fill(out.array(), (byte) 0);
        return encoded;
    }

    /// Reads a keyring that was authenticated. Keys that are known already are shared, so that their ciphers live on.
    ///
    /// @param known the key that the caller has for a term already
    /// @throws IllegalArgumentException if the bytes have another form
    public static Keyring decode(byte[] encoded, Function<KeyTerm, Optional<DataKey>> known) {
        SortedMap<KeyTerm, TermInfo> terms = new TreeMap<>();
        Map<KeyTerm, DataKey> keys = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(encoded);
        boolean read = false;
        try {
            read(in, terms, keys, known);
            Keyring keyring = new Keyring(terms, keys);
            read = true;
            return keyring;
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("a keyring that is cut short", cut);
        } catch (DateTimeException never) {
            throw new IllegalArgumentException("a keyring with a time that is none", never);
        } finally {
            if (!read) {
                keys.forEach((term, key) -> closeNew(key, known.apply(term)));
            }
        }
    }

    private static void read(
            ByteBuffer in,
            SortedMap<KeyTerm, TermInfo> terms,
            Map<KeyTerm, DataKey> keys,
            Function<KeyTerm, Optional<DataKey>> known) {
        if (in.get() != VERSION) {
            throw new IllegalArgumentException("a keyring of a version that is not known here");
        }
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            TermInfo info = info(in);
            if (!terms.isEmpty() && info.term().compareTo(terms.lastKey()) <= 0) {
                throw new IllegalArgumentException("the terms of a keyring stand in their order");
            }
            terms.put(info.term(), info);
            key(in, info, known).ifPresent(key -> keys.put(info.term(), key));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("a keyring with more bytes than it has terms");
        }
    }

    /// A key that was made for a keyring that is none has no owner.
    private static void closeNew(DataKey key, Optional<DataKey> known) {
        if (known.isEmpty() || known.get() != key) {
            key.close();
        }
    }

    private static TermInfo info(ByteBuffer in) {
        return new TermInfo(
                new KeyTerm(in.getInt()),
                algorithm(in.get()),
                KeyStatus.of(in.get()),
                Instant.ofEpochSecond(in.getLong(), ChronoField.NANO_OF_SECOND.checkValidValue(in.getInt())));
    }

    private static Optional<DataKey> key(ByteBuffer in, TermInfo info, Function<KeyTerm, Optional<DataKey>> known) {
        byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        if (info.status() == KeyStatus.DESTROYED && bytes.length == 0) {
            return Optional.empty();
        }
        if (bytes.length != DataKey.BYTES) {
            throw new IllegalArgumentException("a key has " + DataKey.BYTES + " bytes");
        }
        Optional<DataKey> have =
                known.apply(info.term()).filter(key -> key.secret().sameAs(bytes));
        if (have.isPresent()) {
            Arrays.fill(bytes, (byte) 0);
            return have;
        }
        return Optional.of(DataKey.takeFrom(bytes, info.algorithm()));
    }

    private static int code(Algorithm algorithm) {
        return switch (algorithm) {
            case XAES_256_GCM -> 1;
            case AES_256_GCM -> 2;
        };
    }

    private static Algorithm algorithm(int code) {
        return switch (code) {
            case 1 -> Algorithm.XAES_256_GCM;
            case 2 -> Algorithm.AES_256_GCM;
            default -> throw new IllegalArgumentException("no algorithm has the code " + code);
        };
    }
}
