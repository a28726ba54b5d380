// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.AuthenticationFailedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Reads files of age as the specification says it, written apart from what writes them.
final class AgeReader {
    private AgeReader() {}

    /// Finds the file key.
    interface Identity {
        byte[] unwrap(List<String> arguments, byte[] body) throws GeneralSecurityException;
    }

    /// @throws AuthenticationFailedException if it is not such a file, or not for this identity
    static byte[] decrypt(byte[] file, Identity identity) {
        try {
            int end = indexOf(file, "\n--- ");
            int mac = end + "\n---".length();
            int body = indexOfLineEnd(file, mac) + 1;
            String header = new String(file, 0, mac, StandardCharsets.ISO_8859_1);
            String[] lines = header.split("\n", -1);
            check(lines.length > 3 && lines[0].equals("age-encryption.org/v1") && lines[1].startsWith("-> "));
            StringBuilder wrapped = new StringBuilder();
            for (int i = 2; i < lines.length - 1; i++) {
                boolean last = i == lines.length - 2;
                check(last ? lines[i].length() < 64 : lines[i].length() == 64);
                wrapped.append(lines[i]);
            }
            byte[] fileKey = identity.unwrap(List.of(lines[1].substring(3).split(" ", -1)), base64(wrapped.toString()));
            byte[] code = base64(new String(file, mac + 1, body - mac - 2, StandardCharsets.ISO_8859_1));
            byte[] headerBytes = Arrays.copyOf(file, mac);
            check(MessageDigest.isEqual(code, Hmac.once(hkdf(fileKey, new byte[0], "header"), headerBytes)));
            return payload(fileKey, Arrays.copyOfRange(file, body, file.length));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException refused) {
            throw new AuthenticationFailedException();
        }
    }

    /// The identity of an age key.
    static Identity x25519(byte[] scalar) {
        return (arguments, body) -> {
            check(arguments.size() == 2 && arguments.getFirst().equals("X25519") && body.length == 32);
            byte[] share = base64(arguments.get(1));
            byte[] secret = multiply(scalar, share);
            byte[] salt = Curve25519.both(share, point(scalar));
            return open(hkdf(secret, salt, "age-encryption.org/v1/X25519"), new byte[12], body);
        };
    }

    static byte[] point(byte[] scalar) {
        byte[] base = new byte[32];
        base[0] = 9;
        return multiply(scalar, base);
    }

    static byte[] multiply(byte[] scalar, byte[] point) {
        return Curve25519.multiply(scalar, point).copy();
    }

    static byte[] hkdf(byte[] key, byte[] salt, String info) {
        byte[] extracted = Hmac.once(salt.length == 0 ? new byte[32] : salt, key);
        return Hmac.once(extracted, info.getBytes(StandardCharsets.US_ASCII), new byte[] {1});
    }

    static byte[] open(byte[] key, byte[] nonce, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher.doFinal(sealed);
    }

    private static byte[] payload(byte[] fileKey, byte[] payload) throws GeneralSecurityException {
        byte[] key = hkdf(fileKey, Arrays.copyOf(payload, 16), "payload");
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int chunk = (1 << 16) + 16;
        int number = 0;
        for (int at = 16; at < payload.length || number == 0; at += chunk) {
            byte[] nonce = new byte[12];
            nonce[10] = (byte) number++;
            nonce[11] = (byte) (at + chunk >= payload.length ? 1 : 0);
            byte[] opened = open(key, nonce, Arrays.copyOfRange(payload, at, Math.min(payload.length, at + chunk)));
            check(opened.length > 0 || number == 1);
            plain.writeBytes(opened);
        }
        return plain.toByteArray();
    }

    private static byte[] base64(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        check(Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(text));
        return bytes;
    }

    private static void check(boolean good) {
        if (!good) {
            throw new IllegalArgumentException("no age file");
        }
    }

    private static int indexOf(byte[] file, String text) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static int indexOfLineEnd(byte[] file, int from) {
        int at = from;
        while (file[at] != '\n') {
            at++;
        }
        return at;
    }
}
