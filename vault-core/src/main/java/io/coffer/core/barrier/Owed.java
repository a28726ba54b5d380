// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// What the disk still owes after keys were taken away: a record for each retired record of keys, by its nonce, and
/// one for each scope whose values are gone. Everything is in their names; none is written twice, so none conflicts.
///
/// @param nonces of records of keys that no file may hold any more
/// @param scopes whose space is to be given back
record Owed(List<byte[]> nonces, List<Scope> scopes) {
    /// How many of each are taken at once.
    static final int MOST = 16_384;

    /// How many debts one transaction settles, and one listing gives.
    static final int PAGE = 256;

    /// What tells a retired record from every other: its nonce. Where a nonce is shorter, some ciphertext is with it.
    static final int NONCE_BYTES = 24;

    private static final Folder NONCES = Folder.of(Scope.SYSTEM).folder("purge/keys");
    private static final Folder SCOPES = Folder.of(Scope.SYSTEM).folder("purge/space");
    private static final byte[] RECORD = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);

    static Owed read(Reader<?> reader) {
        return new Owed(
                all(reader, NONCES, MOST).stream().map(HexFormat.of()::parseHex).toList(),
                all(reader, SCOPES, MOST).stream().map(Scope::new).toList());
    }

    /// The name of every nonce that is owed.
    static List<String> names(Reader<?> reader) {
        return all(reader, NONCES, Integer.MAX_VALUE);
    }

    private static List<String> all(Reader<?> reader, Folder folder, int most) {
        List<String> names = new ArrayList<>();
        Page<String> page = reader.list(folder, "", PAGE);
        names.addAll(page.items());
        while (page.more() && names.size() < most) {
            page = reader.list(folder, names.getLast(), PAGE);
            names.addAll(page.items());
        }
        return names;
    }

    /// What tells a record of keys from every other, in hex.
    static String idOf(Ciphertext record) {
        return HexFormat.of().formatHex(nonceOf(record));
    }

    /// Whether what is left of a record is long enough to be told from others.
    static boolean hasNonce(Ciphertext record) {
        return record.length() >= Ciphertext.HEADER_BYTES + NONCE_BYTES;
    }

    /// @throws CorruptedException if it is cut
    static byte[] nonceOf(Ciphertext record) {
        if (!hasNonce(record)) {
            throw new CorruptedException("a record of keys is cut");
        }
        int from = Ciphertext.HEADER_BYTES;
        return Arrays.copyOfRange(record.bytes(), from, from + NONCE_BYTES);
    }

    static void nonce(Writer<Plaintext> writer, byte[] nonce) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes");
        }
        writer.put(key(nonce), new Plaintext(RECORD.clone()));
    }

    static void scope(Writer<Plaintext> writer, Scope scope) {
        writer.put(SCOPES.key(scope.name()), new Plaintext(RECORD.clone()));
    }

    /// The debts that are paid; what was found again stays.
    static void paid(Writer<Plaintext> writer, List<byte[]> nonces) {
        nonces.forEach(nonce -> writer.delete(key(nonce)));
    }

    static void paid(Writer<Plaintext> writer, Scope scope) {
        writer.delete(SCOPES.key(scope.name()));
    }

    boolean isEmpty() {
        return nonces.isEmpty() && scopes.isEmpty();
    }

    /// Every nonce, or if there is none as many scopes as one transaction settles.
    Owed atOnce() {
        return new Owed(nonces, nonces.isEmpty() ? scopes.subList(0, Math.min(PAGE, scopes.size())) : List.of());
    }

    /// How many there are of both.
    int size() {
        return nonces.size() + scopes.size();
    }

    /// The nonces but for these.
    List<byte[]> without(List<byte[]> left) {
        Set<ByteBuffer> found = new HashSet<>();
        left.forEach(nonce -> found.add(ByteBuffer.wrap(nonce)));
        return nonces.stream()
                .filter(nonce -> !found.contains(ByteBuffer.wrap(nonce)))
                .toList();
    }

    private static StorageKey key(byte[] nonce) {
        return NONCES.key(HexFormat.of().formatHex(nonce));
    }
}
