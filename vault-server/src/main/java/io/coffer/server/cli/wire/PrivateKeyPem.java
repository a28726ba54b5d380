// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// A private key in PEM form: PKCS#8, and the older forms of RSA and EC keys that `openssl` used to write.
///
/// An encrypted key is refused: there is no good place for its password.
final class PrivateKeyPem {
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA = {
        0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };
    private static final byte[] EC_PUBLIC_KEY = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private PrivateKeyPem() {}

    static PrivateKey parse(byte[] pem, String source) throws WireException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new WireException(source + " holds an encrypted key; decrypt it first (openssl pkey)");
        }
        byte[] pkcs8 = pkcs8(text, source);
        try {
            for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
                Optional<PrivateKey> key = decoded(pkcs8, algorithm);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
        throw new WireException(source + " holds no RSA, EC or Ed25519 key");
    }

    private static Optional<PrivateKey> decoded(byte[] pkcs8, String algorithm) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException anotherKind) {
            return Optional.empty();
        }
    }

    private static byte[] pkcs8(String text, String source) throws WireException {
        try {
            if (text.contains("-----BEGIN PRIVATE KEY-----")) {
                return block(text, "PRIVATE KEY");
            }
            if (text.contains("-----BEGIN RSA PRIVATE KEY-----")) {
                return der(0x30, VERSION_0, RSA, der(4, block(text, "RSA PRIVATE KEY")));
            }
            if (text.contains("-----BEGIN EC PRIVATE KEY-----")) {
                byte[] key = block(text, "EC PRIVATE KEY");
                return der(0x30, VERSION_0, der(0x30, EC_PUBLIC_KEY, curve(key)), der(4, key));
            }
        } catch (IllegalArgumentException malformed) {
            throw new WireException(source + " holds a private key that is cut off or bent", malformed);
        }
        throw new WireException(source + " holds no private key in PEM form");
    }

    private static byte[] block(String text, String label) {
        int start = text.indexOf("-----BEGIN " + label + "-----") + label.length() + 16;
        int end = text.indexOf("-----END " + label + "-----", start);
        if (end < 0) {
            throw new IllegalArgumentException("no end");
        }
        return Base64.getMimeDecoder().decode(text.substring(start, end));
    }

    /// The object identifier of the curve: in an `ECPrivateKey` the content of the element tagged `[0]`,
    /// after the version and the key itself.
    private static byte[] curve(byte[] key) {
        try {
            int at = 1 + lengthBytes(key, 1);
            at += 3;
            at += 1 + lengthBytes(key, at + 1) + length(key, at + 1);
            if ((key[at] & 0xff) != 0xa0) {
                throw new IllegalArgumentException("the curve is not named");
            }
            int content = at + 1 + lengthBytes(key, at + 1);
            return Arrays.copyOfRange(key, content, content + length(key, at + 1));
        } catch (ArrayIndexOutOfBoundsException cutOff) {
            throw new IllegalArgumentException("cut off", cutOff);
        }
    }

    private static int length(byte[] der, int at) {
        int first = der[at] & 0xff;
        if (first < 0x80) {
            return first;
        }
        return first == 0x81 ? der[at + 1] & 0xff : (der[at + 1] & 0xff) << 8 | der[at + 2] & 0xff;
    }

    private static int lengthBytes(byte[] der, int at) {
        int first = der[at] & 0xff;
        return first < 0x80 ? 1 : 1 + (first & 0x7f);
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        int header = length < 0x80 ? 2 : length < 0x100 ? 3 : 4;
        byte[] der = new byte[header + length];
        der[0] = (byte) tag;
        if (header == 2) {
            der[1] = (byte) length;
        } else if (header == 3) {
            der[1] = (byte) 0x81;
            der[2] = (byte) length;
        } else {
            der[1] = (byte) 0x82;
            der[2] = (byte) (length >> 8);
            der[3] = (byte) length;
        }
        int at = header;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, der, at, part.length);
            at += part.length;
        }
        return der;
    }
}
