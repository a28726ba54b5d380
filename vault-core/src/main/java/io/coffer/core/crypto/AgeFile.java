// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// A file as the `age` tool reads it (c2sp.org/age): a header that wraps the file key for its recipient, with
/// a MAC, and the plaintext in chunks under a key of its own.
final class AgeFile {
    private static final int FILE_KEY_BYTES = 16;
    private static final int NONCE_BYTES = 16;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int COLUMNS = 64;
    private static final int KEY_BYTES = 32;
    private static final int CHUNK_NONCE_BYTES = 12;
    private static final byte[] NO_SALT = new byte[0];
    private static final String CIPHER = "ChaCha20-Poly1305";

    private AgeFile() {}

    /// The plaintext stays the caller's.
    static byte[] encrypt(AgeRecipient recipient, byte[] plaintext, SecureRandom random) {
        try (var fileKey = Secret.random(FILE_KEY_BYTES, random)) {
            var stanza = fileKey.use(key -> recipient.wrap(key, random));
            var file = new ByteArrayOutputStream();
            file.writeBytes(header(stanza, fileKey));
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            file.writeBytes(nonce);
            try (var key = Hkdf.derive(fileKey, nonce, ascii("payload"), KEY_BYTES)) {
                file.writeBytes(key.use(bytes -> payload(bytes, plaintext)));
            }
            return file.toByteArray();
        }
    }

    /// Wraps a file key under a key that comes of a secret and is used once, so the nonce may be zeros.
    static byte[] wrap(Secret secret, byte[] salt, String info, byte[] fileKey) {
        try (var key = Hkdf.derive(secret, salt, ascii(info), KEY_BYTES)) {
            return key.use(bytes -> seal(bytes, new byte[CHUNK_NONCE_BYTES], fileKey));
        }
    }

    /// Base64 as age writes it: without padding.
    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] header(AgeRecipient.Stanza stanza, Secret fileKey) {
        var header = new StringBuilder("age-encryption.org/v1\n-> ")
                .append(String.join(" ", stanza.arguments()))
                .append('\n')
                .append(lines(base64(stanza.body())))
                .append("---");
        try (var key = Hkdf.derive(fileKey, NO_SALT, ascii("header"), KEY_BYTES);
                var hmac = Hmac.of(key)) {
            var code = hmac.authenticate(ascii(header.toString()));
            return ascii(header.append(' ').append(base64(code)).append('\n').toString());
        }
    }

    /// The last line is shorter than the others, and empty if it must be: it ends the stanza.
    private static String lines(String text) {
        var lines = new StringBuilder();
        for (int from = 0; from <= text.length(); from += COLUMNS) {
            lines.append(text, from, Math.min(text.length(), from + COLUMNS)).append('\n');
        }
        return lines.toString();
    }

    /// Chunks under a nonce that counts them and says which is the last, so that none can be moved or cut off.
    private static byte[] payload(byte[] key, byte[] plaintext) {
        var payload = new ByteArrayOutputStream();
        int chunks = Math.max(1, Math.ceilDiv(plaintext.length, CHUNK_BYTES));
        for (int i = 0; i < chunks; i++) {
            var nonce = new byte[CHUNK_NONCE_BYTES];
            nonce[CHUNK_NONCE_BYTES - 1] = (byte) (i == chunks - 1 ? 1 : 0);
            for (int shift = 0; shift < Integer.BYTES; shift++) {
                nonce[CHUNK_NONCE_BYTES - 2 - shift] = (byte) (i >>> 8 * shift);
            }
            int from = i * CHUNK_BYTES;
            var chunk = Arrays.copyOfRange(plaintext, from, Math.min(plaintext.length, from + CHUNK_BYTES));
            payload.writeBytes(seal(key, nonce, chunk));
            Arrays.fill(chunk, (byte) 0);
        }
        return payload.toByteArray();
    }

    private static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext) {
        var raw = new RawKey("ChaCha20", key.clone());
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, raw, new IvParameterSpec(nonce));
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no " + CIPHER, missing);
        } finally {
            raw.destroy();
        }
    }
}
