// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// The owner of an age key, `age1…`.
final class AgeX25519 implements AgeRecipient {
    private static final String PREFIX = "age";
    private static final int LENGTH = 62;
    private static final String INFO = "age-encryption.org/v1/X25519";

    private final String text;
    private final byte[] point;

    private AgeX25519(String text, byte[] point) {
        this.text = text;
        this.point = point;
    }

    /// @throws RecipientException if it is no such key
    static AgeX25519 parse(String key) {
        Optional<byte[]> point = key.length() == LENGTH ? Bech32.decode(PREFIX, key) : Optional.empty();
        if (point.isEmpty() || point.get().length != Curve25519.BYTES) {
            throw new RecipientException(
                    "this age key is malformed; give age1 and 58 more characters, as `age-keygen -y` prints them");
        }
        if (!Curve25519.isSafe(point.get())) {
            throw new RecipientException("this age key keeps no secret from anybody; give one that age-keygen made");
        }
        return new AgeX25519(key, point.get());
    }

    @Override
    public String fingerprint() {
        return text;
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) {
        var agreement = Curve25519.agree(point, random);
        try (var secret = agreement.secret()) {
            var body = AgeFile.wrap(secret, Curve25519.both(agreement.share(), point), INFO, fileKey);
            return new Stanza(List.of("X25519", AgeFile.base64(agreement.share())), body);
        }
    }

    @Override
    public String toString() {
        return "AgeX25519[" + text + "]";
    }
}
