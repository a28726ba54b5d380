// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgpRecipientTest {
    static final List<String> VALID = PgpKeys.VALID;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SHARE =
            "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f901".getBytes(StandardCharsets.US_ASCII);

    private static PgpRecipient recipient(String name) {
        return PgpRecipient.parse(PgpKeys.publicKey(name), PgpKeys.NOW);
    }

    private static void assertRefused(byte[] key, String reason) {
        assertThatThrownBy(() -> PgpRecipient.parse(key, PgpKeys.NOW))
                .isInstanceOf(PgpKeyException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void itsOwnerReadsWhatWasEncrypted(String name) throws Exception {
        for (int length : new int[] {0, 1, SHARE.length, 511, 512, 513, 5_000}) {
            var plaintext = Arrays.copyOf(SHARE, length);
            var message = recipient(name).encrypt(plaintext, RANDOM);
            assertThat(PgpKeys.decrypt(name, message)).isEqualTo(plaintext);
        }
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void twoMessagesOfOneTextDifferAndDoNotShowIt(String name) {
        var recipient = recipient(name);
        var message = recipient.encrypt(SHARE, RANDOM);
        assertThat(recipient.encrypt(SHARE, RANDOM)).isNotEqualTo(message);
        assertThat(new String(message, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(SHARE, 0, 8, StandardCharsets.US_ASCII));
    }

    /// Some bits of packet headers mean nothing; all others give a refusal.
    @Test
    void aBentMessageIsNeverReadAsAnotherText() throws Exception {
        var message = recipient("cv25519").encrypt(SHARE, RANDOM);
        for (int i = 0; i < message.length; i++) {
            var bent = message.clone();
            bent[i] ^= 1;
            assertThat(read(bent)).as("byte %d", i).isIn(SHARE, new byte[0]);
        }
    }

    private static byte[] read(byte[] message) {
        try {
            return PgpKeys.decrypt("cv25519", message);
        } catch (Exception refused) {
            return new byte[0];
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cv25519, 0f5bc14f30cd1d3ba157a1e75b39d50c9f7ed274, 8314464841890191",
        "nistp384, 251a3b7ae38478a3322060288feffdc3059b9873, 255d280342b6a7a6",
        "rsa2048, cf44514e07c54a19062e61f91068f4bf0d514147, 3f3ab52655f98b99",
        "rsa-without-subkey, f8057272228b1d70bb53c8e002ffad9c5a5aaee8, 02ffad9c5a5aaee8",
        "renewed, 7989910dd0fe9f00e56538ca0c4306733aab0ad4, f1cf2d4ac9756f26"
    })
    void theFingerprintIsThePrimaryKeysAndTheRecipientTheSubkey(String name, String fingerprint, String subkey)
            throws Exception {
        var recipient = recipient(name);
        assertThat(recipient.fingerprint()).isEqualTo(fingerprint);
        assertThat(recipient).hasToString("PgpRecipient[" + fingerprint + "]");
        var packets = (PGPEncryptedDataList) new BcPGPObjectFactory(recipient.encrypt(SHARE, RANDOM)).nextObject();
        assertThat(((PGPPublicKeyEncryptedData) packets.get(0))
                        .getKeyIdentifier()
                        .getKeyId())
                .isEqualTo(Long.parseUnsignedLong(subkey, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "revoked", "subkey-expired", "subkey-revoked"})
    void whatIsNoLongerValidIsRefused(String name) {
        assertRefused(PgpKeys.publicKey(name), "expired or was revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "subkey-expired"})
    void whatHadNotYetExpiredIsAccepted(String name) {
        PgpRecipient.parse(PgpKeys.publicKey(name), Instant.parse("2024-03-01T00:00:00Z"));
    }

    @Test
    void whatIsNotYetMadeIsRefused() {
        assertThatThrownBy(
                        () -> PgpRecipient.parse(PgpKeys.publicKey("cv25519"), Instant.parse("2023-12-31T00:00:00Z")))
                .isInstanceOf(PgpKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-only", "rsa1024", "sha1"})
    void whatCannotEncryptSafelyIsRefused(String name) {
        assertRefused(PgpKeys.publicKey(name), "no subkey for encryption");
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void aPrivateKeyIsRefused(String name) {
        assertRefused(PgpKeys.privateKey(name), "private key");
    }

    @Test
    void textAndNothingAndTooMuchAreRefused() {
        assertRefused("-----BEGIN PGP PUBLIC KEY BLOCK-----\n".getBytes(StandardCharsets.US_ASCII), "without --armor");
        assertRefused("mQENBF".getBytes(StandardCharsets.US_ASCII), "not a binary OpenPGP key");
        assertRefused(new byte[0], "bytes, not 0");
        assertRefused(new byte[PgpRecipient.MAX_KEY_BYTES + 1], "bytes, not 131073");
    }

    @Test
    void twoKeysAndMessagesAreRefused() {
        var two = new ByteArrayOutputStream();
        two.writeBytes(PgpKeys.publicKey("cv25519"));
        two.writeBytes(PgpKeys.publicKey("rsa2048"));
        assertRefused(two.toByteArray(), "2 keys where one belongs");
        assertThatThrownBy(() -> PgpRecipient.parse(recipient("cv25519").encrypt(SHARE, RANDOM), PgpKeys.NOW))
                .isInstanceOf(PgpKeyException.class);
    }
}
