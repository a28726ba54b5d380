// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.request.Credential;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Tokens that are stored nowhere: everything about one is sealed into its text, under a key of their own. The key is
/// random, made at initialization, derived from nothing, so that a rotation of terms ends no token. Stored as one
/// byte of form (1) and 32 of key.
///
/// The text is `hvb.` and, in base64 for URLs without padding: one byte of form (1), the nonce (24), ciphertext and
/// tag of a {@link TokenRecord}. Authenticated with it: the label `coffer/batch-token` and the form.
final class BatchTokens {
    private static final String PREFIX = "hvb.";
    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "keys/batch-token");
    private static final byte FORM = 1;
    private static final byte[] CONTEXT = AssociatedData.of("coffer/batch-token", new byte[] {FORM});

    private BatchTokens() {}

    static void create(BarrierWriter writer, SecureRandom random) {
        byte[] record = new byte[1 + Algorithm.KEY_BYTES];
        random.nextBytes(record);
        record[0] = FORM;
        writer.put(KEY, new Plaintext(record));
    }

    static boolean isOne(Credential credential) {
        return credential.text().startsWith(PREFIX);
    }

    /// The text of a token; nothing if it would be longer than a token may be.
    static Optional<Credential> seal(BarrierReader reader, Token token, SecureRandom random) {
        AeadKey key = key(reader);
        byte[] record = TokenRecord.write(token).bytes();
        byte[] nonce = new byte[key.algorithm().nonceBytes()];
        random.nextBytes(nonce);
        byte[] message = new byte[1 + key.messageBytes(record.length)];
        message[0] = FORM;
        System.arraycopy(nonce, 0, message, 1, nonce.length);
        key.encryptInto(message, 1, record, CONTEXT);
        String text = PREFIX + text(message);
        return text.length() <= Credential.LONGEST ? Optional.of(new Credential(text)) : Optional.empty();
    }

    /// The token that was sealed into a text; nothing if this is no such text, or a changed one.
    static Optional<TokenStore.Found> open(BarrierReader reader, Credential credential) {
        try {
            String sealed = credential.text().substring(PREFIX.length());
            byte[] message = Base64.getUrlDecoder().decode(sealed);
            if (message.length == 0 || message[0] != FORM || !text(message).equals(sealed)) {
                return Optional.empty();
            }
            byte[] record = key(reader).decryptFrom(message, 1, CONTEXT);
            return Optional.of(new TokenStore.Found("", TokenRecord.read(KEY, new Plaintext(record))));
        } catch (IllegalArgumentException | AuthenticationFailedException notOne) {
            return Optional.empty();
        }
    }

    /// The one text of a message: a decoder alone would take several.
    private static String text(byte[] message) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(message);
    }

    private static AeadKey key(BarrierReader reader) {
        return reader.cached(KEY, () -> load(reader));
    }

    private static AeadKey load(BarrierReader reader) {
        byte[] record = reader.get(KEY)
                .orElseThrow(() -> new CorruptedException("the key of batch tokens is not there"))
                .bytes();
        if (record.length != 1 + Algorithm.KEY_BYTES || record[0] != FORM) {
            throw new CorruptedException("the key of batch tokens has a form that is not known here");
        }
        try (Secret key = Secret.takeFrom(Arrays.copyOfRange(record, 1, record.length))) {
            return AeadKey.of(Algorithm.XAES_256_GCM, key);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }
}
