// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeX25519Test {
    /// The example of c2sp.org/age.
    private static final String IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

    private static final String RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    private final SecureRandom random = new SecureRandom();

    private static byte[] scalar(String identity) {
        return Bech32.decode("age-secret-key-", identity.toLowerCase(Locale.ROOT))
                .orElseThrow();
    }

    private static ShareRecipient parse(String key) {
        return ShareRecipient.parse(key, Instant.EPOCH);
    }

    @Test
    void theRecipientOfTheSpecificationIsThatOfItsIdentity() {
        assertThat(Bech32.decode("age", RECIPIENT))
                .hasValueSatisfying(point -> assertThat(point).isEqualTo(AgeReader.point(scalar(IDENTITY))));
        assertThat(parse(RECIPIENT).fingerprint()).isEqualTo(RECIPIENT);
    }

    /// The file `x25519` of the test vectors C2SP/CCTV, whose randomness is a key stream of ChaCha20 under a
    /// public key: first the ephemeral secret, then the nonce.
    @Test
    void theHeaderIsThatOfThePublishedVector() throws Exception {
        byte[] drawn = keyStream();
        byte[] identity = scalar("AGE-SECRET-KEY-1XMWWC06LY3EE5RYTXM9MFLAZ2U56JJJ36S0MYPDRWSVLUL66MV4QX3S7F6");
        SecureRandom scripted = new Scripted("YELLOW SUBMARINE".getBytes(StandardCharsets.US_ASCII), drawn);
        byte[] file =
                parse(bech32(AgeReader.point(identity))).encrypt("age".getBytes(StandardCharsets.US_ASCII), scripted);
        String header = """
                age-encryption.org/v1
                -> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc
                EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U
                --- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0
                """;
        assertThat(new String(file, 0, header.length(), StandardCharsets.ISO_8859_1))
                .isEqualTo(header);
        assertThat(HexFormat.of().formatHex(file, header.length(), header.length() + 16))
                .isEqualTo("eecf62c7ce91b433274e68d4f2f9134c");
        assertThat(file).hasSize(header.length() + 16 + 3 + 16);
        assertThat(AgeReader.decrypt(file, AgeReader.x25519(identity)))
                .asString()
                .isEqualTo("age");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 28, 66, 65_535, 65_536, 65_537, 200_000})
    void whatIsEncryptedIsReadByItsOwnerAndNobodyElse(int length) {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        byte[] file = parse(RECIPIENT).encrypt(plain, random);
        assertThat(AgeReader.decrypt(file, AgeReader.x25519(scalar(IDENTITY)))).isEqualTo(plain);
        byte[] other = scalar(IDENTITY);
        other[5] ^= 1;
        assertThatThrownBy(() -> AgeReader.decrypt(file, AgeReader.x25519(other)))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void noBentByteIsReadAndNothingIsCutOff() {
        byte[] file = parse(RECIPIENT).encrypt(new byte[66], random);
        AgeReader.Identity identity = AgeReader.x25519(scalar(IDENTITY));
        for (int i = 0; i < file.length; i++) {
            byte[] bent = file.clone();
            bent[i] ^= 1;
            assertThatThrownBy(() -> AgeReader.decrypt(bent, identity))
                    .as("byte %d", i)
                    .isInstanceOf(AuthenticationFailedException.class);
            byte[] cut = Arrays.copyOf(file, i);
            assertThatThrownBy(() -> AgeReader.decrypt(cut, identity))
                    .as("the first %d bytes", i)
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void noOtherCharacterAnywhereIsTaken() {
        String characters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -\n";
        for (int at = 0; at < RECIPIENT.length(); at++) {
            for (int i = 0; i < characters.length(); i++) {
                String bent = RECIPIENT.substring(0, at) + characters.charAt(i) + RECIPIENT.substring(at + 1);
                if (!bent.equals(RECIPIENT)) {
                    assertThatThrownBy(() -> parse(bent)).as(bent).isInstanceOf(RecipientException.class);
                }
            }
        }
    }

    @Test
    void neitherShorterNorLongerNorSecretKeysAreTaken() {
        for (String key : new String[] {
            "",
            "age1",
            RECIPIENT.substring(1),
            RECIPIENT.substring(0, 61),
            RECIPIENT + "q",
            RECIPIENT + "\n",
            " " + RECIPIENT,
            RECIPIENT.toUpperCase(Locale.ROOT),
            IDENTITY,
            "age1pq1" + RECIPIENT.substring(4)
        }) {
            assertThatThrownBy(() -> parse(key)).as(key).isInstanceOf(RecipientException.class);
        }
    }

    /// The points of low order of RFC 7748's curve, as others list them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void aPointThatAgreesWithEverybodyIsRefused(String point) {
        String key = bech32(HexFormat.of().parseHex(point));
        assertThatThrownBy(() -> parse(key))
                .isInstanceOf(RecipientException.class)
                .hasMessageContaining("no secret");
    }

    /// Written as the key of a point; the checksum is found by trying, so that nothing here is shared with
    /// the reader.
    private static String bech32(byte[] point) {
        String alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        StringBuilder text = new StringBuilder("age1");
        for (int bit = 0; bit < 8 * point.length; bit += 5) {
            int symbol = 0;
            for (int i = bit; i < bit + 5; i++) {
                int value = i < 8 * point.length ? point[i / 8] >>> 7 - i % 8 & 1 : 0;
                symbol = symbol << 1 | value;
            }
            text.append(alphabet.charAt(symbol));
        }
        return text.append(checksum(text.substring(4))).toString();
    }

    /// BIP 173, from its reference in Python.
    private static String checksum(String data) {
        String alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        long[] generator = {0x3b6a57b2L, 0x26508e6dL, 0x1ea119faL, 0x3d4233ddL, 0x2a1462b3L};
        int[] values = new int[7 + data.length() + 6];
        int[] prefix = {'a' >> 5, 'g' >> 5, 'e' >> 5, 0, 'a' & 31, 'g' & 31, 'e' & 31};
        System.arraycopy(prefix, 0, values, 0, prefix.length);
        for (int i = 0; i < data.length(); i++) {
            values[7 + i] = alphabet.indexOf(data.charAt(i));
        }
        long sum = 1;
        for (int value : values) {
            long top = sum >> 25;
            sum = (sum & 0x1ffffff) << 5 ^ value;
            for (int i = 0; i < 5; i++) {
                sum ^= (top >> i & 1) == 1 ? generator[i] : 0;
            }
        }
        StringBuilder checksum = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            checksum.append(alphabet.charAt((int) ((sum ^ 1) >> 5 * (5 - i) & 31)));
        }
        return checksum.toString();
    }

    private static byte[] keyStream() throws Exception {
        byte[] key = "TEST RANDOMNESS TEST RANDOMNESS!".getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("ChaCha20");
        cipher.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new ChaCha20ParameterSpec(new byte[12], 0));
        return cipher.doFinal(new byte[48]);
    }

    /// Gives what it was given, in its order.
    private static final class Scripted extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] script;
        private int at;

        Scripted(byte[] first, byte[] then) {
            script = Arrays.copyOf(first, first.length + then.length);
            System.arraycopy(then, 0, script, first.length, then.length);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(script, at, bytes, 0, bytes.length);
            at += bytes.length;
        }
    }
}
