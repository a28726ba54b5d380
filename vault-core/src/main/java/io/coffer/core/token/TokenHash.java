// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.request.Credential;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/// The key that turns a token's text into the name under which it is stored: random, made at
/// initialization, derived from nothing, so that a rotation of terms changes no name. Stored as one byte of
/// form (1) and 32 of key.
final class TokenHash {
    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "keys/token-hash");
    private static final byte FORM = 1;
    private static final int BYTES = 32;

    private TokenHash() {}

    static void create(BarrierWriter writer, SecureRandom random) {
        byte[] record = new byte[1 + BYTES];
        random.nextBytes(record);
        record[0] = FORM;
        writer.put(KEY, new Plaintext(record));
    }

    /// The keyed hash of the token's text, in hex.
    static String of(BarrierReader reader, Credential credential) {
        Hmac hmac = reader.cached(KEY, () -> load(reader));
        return HexFormat.of().formatHex(hmac.authenticate(credential.text().getBytes(StandardCharsets.US_ASCII)));
    }

    private static Hmac load(BarrierReader reader) {
        byte[] record = reader.get(KEY)
                .orElseThrow(() -> new CorruptedException("the key of token hashes is not there"))
                .bytes();
        if (record.length != 1 + BYTES || record[0] != FORM) {
            throw new CorruptedException("the key of token hashes has a form that is not known here");
        }
        try (Secret key = Secret.takeFrom(Arrays.copyOfRange(record, 1, record.length))) {
            return Hmac.of(key);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }
}
