// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Keys come from anybody who may start a ceremony: whatever the bytes are, there is a recipient or a named refusal.
class PgpHostileKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] TEXT = {1, 2, 3};

    /// Whether the key was accepted; encrypting to an accepted one must work.
    private static boolean accepted(byte[] key) {
        PgpRecipient recipient;
        try {
            recipient = PgpRecipient.parse(key, PgpKeys.NOW);
        } catch (PgpKeyException refused) {
            return false;
        }
        assertThat(recipient.encrypt(TEXT, RANDOM)).isNotEmpty();
        return true;
    }

    @Test
    void everyCutKeyIsRefused() {
        var key = PgpKeys.publicKey("cv25519");
        for (int length = 0; length < key.length; length++) {
            assertThat(accepted(Arrays.copyOf(key, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    /// The primary key vouches for the subkey, so nobody can put a point of his own in its place.
    @Test
    void noBentByteOfTheSubkeysPointIsAccepted() {
        var key = PgpKeys.publicKey("cv25519");
        var curve25519 = new byte[] {0x2b, 0x06, 0x01, 0x04, 0x01, (byte) 0x97, 0x55, 0x01, 0x05, 0x01};
        int point = indexOf(key, curve25519) + curve25519.length + 2;
        for (int i = point; i < point + 33; i++) {
            var bent = key.clone();
            bent[i] ^= 4;
            assertThat(accepted(bent)).as("byte %d", i).isFalse();
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void bentBytesGiveARecipientOrANamedRefusal() {
        for (var name : new String[] {"cv25519", "rsa2048"}) {
            var key = PgpKeys.publicKey(name);
            int step = 1 + key.length / 500;
            for (int i = 0; i < key.length; i += step) {
                var bent = key.clone();
                bent[i] ^= (byte) (1 << i % 8);
                accepted(bent);
                bent[i] = -1;
                accepted(bent);
            }
        }
    }

    @Test
    void noiseGivesANamedRefusal() {
        long seed = RANDOM.nextLong();
        var dice = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            var noise = new byte[1 + dice.nextInt(200)];
            dice.nextBytes(noise);
            noise[0] |= (byte) 0x80;
            assertThat(accepted(noise)).as("seed %d, round %d", seed, round).isFalse();
        }
    }
}
