// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;

class SshKeyTest {
    private static final byte[] SHARE = "a share".getBytes(StandardCharsets.US_ASCII);
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    private final SecureRandom random = new SecureRandom();

    @Test
    void theOwnerOfAnEd25519KeyReadsWhatWasEncryptedToItAndNobodyElse() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] blob = blob("ssh-ed25519", tail(pair.getPublic().getEncoded()));
        byte[] file = parse(line("ssh-ed25519", blob)).encrypt(SHARE, random);
        byte[] seed = tail(pair.getPrivate().getEncoded());
        assertThat(AgeReader.decrypt(file, ed25519(seed, blob))).isEqualTo(SHARE);
        seed[0] ^= 1;
        assertThatThrownBy(() -> AgeReader.decrypt(file, ed25519(seed, blob)))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void theOwnerOfAnRsaKeyReadsWhatWasEncryptedToIt() throws Exception {
        KeyPair pair = rsa(2048);
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] blob = blob(
                "ssh-rsa",
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray());
        byte[] file = parse(line("ssh-rsa", blob) + " with a comment").encrypt(SHARE, random);
        AgeReader.Identity identity = (arguments, body) -> {
            assertThat(arguments).containsExactly("ssh-rsa", tag(blob));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            PSource label = new PSource.PSpecified("age-encryption.org/v1/ssh-rsa".getBytes(StandardCharsets.US_ASCII));
            OAEPParameterSpec oaep = new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, label);
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), oaep);
            return cipher.doFinal(body);
        };
        assertThat(AgeReader.decrypt(file, identity)).isEqualTo(SHARE);
    }

    @Test
    void rsaKeysAreNeitherShorterThan2048BitsNorLongerThan8192() {
        refused(rsaLine(EXPONENT, odd(2047)), "2047 bits");
        refused(rsaLine(EXPONENT, odd(1024)), "1024 bits");
        refused(rsaLine(EXPONENT, odd(8193)), "8193 bits");
        assertThat(parse(rsaLine(EXPONENT, odd(2048))).fingerprint()).startsWith("SHA256:");
        assertThat(parse(rsaLine(EXPONENT, odd(8192))).fingerprint()).startsWith("SHA256:");
    }

    @Test
    void rsaKeysThatNobodyMakesAreRefused() {
        for (BigInteger exponent : new BigInteger[] {
            BigInteger.ONE,
            BigInteger.TWO,
            BigInteger.valueOf(65_536),
            BigInteger.ONE.shiftLeft(31).add(BigInteger.ONE)
        }) {
            refused(rsaLine(exponent, odd(2048)), "ssh-keygen");
        }
        refused(rsaLine(EXPONENT, odd(2048).add(BigInteger.ONE)), "ssh-keygen");
    }

    @Test
    void numbersStandInTheirShortestFormAndArePositive() {
        byte[] modulus = odd(2048).toByteArray();
        byte[] exponent = EXPONENT.toByteArray();
        byte[] longer = new byte[modulus.length + 1];
        System.arraycopy(modulus, 0, longer, 1, modulus.length);
        byte[] negative = Arrays.copyOfRange(modulus, 1, modulus.length);
        refused(line("ssh-rsa", blob("ssh-rsa", exponent, longer)), "malformed");
        refused(line("ssh-rsa", blob("ssh-rsa", exponent, negative)), "malformed");
        refused(line("ssh-rsa", blob("ssh-rsa", exponent, new byte[0])), "malformed");
        refused(line("ssh-rsa", blob("ssh-rsa", new byte[1], modulus)), "malformed");
    }

    @Test
    void pointsThatAreNoneOrBelongToEverybodyAreRefused() throws Exception {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] zero = new byte[32];
        byte[] notReduced = new byte[32];
        Arrays.fill(notReduced, (byte) 0xff);
        byte[] good = tail(KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded());
        for (byte[] point :
                new byte[][] {neutral, zero, notReduced, Arrays.copyOf(good, 31), Arrays.copyOf(good, 33)}) {
            refused(line("ssh-ed25519", blob("ssh-ed25519", point)), "ssh-ed25519");
        }
    }

    @Test
    void everyPrefixAndEverythingLongerIsRefused() throws Exception {
        byte[] good = blob(
                "ssh-ed25519",
                tail(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded()));
        for (int length = 0; length <= good.length + 4; length++) {
            if (length != good.length) {
                refused(line("ssh-ed25519", Arrays.copyOf(good, length)), "");
            }
        }
        byte[] huge = good.clone();
        huge[0] = 0x7f;
        refused(line("ssh-ed25519", huge), "malformed");
        huge[0] = (byte) 0x80;
        refused(line("ssh-ed25519", huge), "malformed");
    }

    @Test
    void onlyOneLineOfTheTwoKindsIsTaken() throws Exception {
        byte[] blob = blob(
                "ssh-ed25519",
                tail(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded()));
        String good = line("ssh-ed25519", blob);
        assertThat(parse(good + " me@host").fingerprint()).isEqualTo(parse(good).fingerprint());
        refused(good + "\n", "line");
        refused(good + "\nssh-rsa AAAA", "line");
        refused("ssh-ed25519\t" + good.substring(12), "line");
        refused("ssh-ed25519", "malformed");
        refused("ssh-ed25519 ", "malformed");
        refused("ssh-ed25519  " + good.substring(12), "malformed");
        refused("ssh-rsa " + good.substring(12), "malformed");
        refused("ssh-dss " + good.substring(12), "kind");
        refused("ssh-ed25519-cert-v01@openssh.com " + good.substring(12), "kind");
        refused(good.substring(0, good.length() - 1), "malformed");
        refused(good.replace('A', '-'), "malformed");
        refused(good + " " + "x".repeat(9_000), "too long");
        refused(" " + good, "public key");
        refused("command=\"x\" " + good, "public key");
    }

    private static AgeReader.Identity ed25519(byte[] seed, byte[] blob) {
        return (arguments, body) -> {
            assertThat(arguments).hasSize(3).startsWith("ssh-ed25519", tag(blob));
            byte[] share = Base64.getDecoder().decode(arguments.get(2));
            byte[] scalar = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32);
            String info = "age-encryption.org/v1/ssh-ed25519";
            byte[] tweak = AgeReader.hkdf(new byte[0], blob, info);
            byte[] secret = AgeReader.multiply(tweak, AgeReader.multiply(scalar, share));
            byte[] salt = Curve25519.both(share, AgeReader.point(scalar));
            return AgeReader.open(AgeReader.hkdf(secret, salt, info), new byte[12], body);
        };
    }

    private static String tag(byte[] blob) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
        return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 4));
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    /// The last 32 bytes of an encoding by the JDK: the key itself.
    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static BigInteger odd(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
    }

    private static String rsaLine(BigInteger exponent, BigInteger modulus) {
        return line("ssh-rsa", blob("ssh-rsa", exponent.toByteArray(), modulus.toByteArray()));
    }

    private static byte[] blob(String kind, byte[]... fields) {
        int length = 4 + kind.length();
        for (byte[] field : fields) {
            length += 4 + field.length;
        }
        ByteBuffer blob =
                ByteBuffer.allocate(length).putInt(kind.length()).put(kind.getBytes(StandardCharsets.US_ASCII));
        for (byte[] field : fields) {
            blob.putInt(field.length).put(field);
        }
        return blob.array();
    }

    private static String line(String kind, byte[] blob) {
        return kind + " " + Base64.getEncoder().encodeToString(blob);
    }

    private static ShareRecipient parse(String key) {
        return ShareRecipient.parse(key, Instant.EPOCH);
    }

    private static void refused(String key, String why) {
        assertThatThrownBy(() -> parse(key))
                .as(key)
                .isInstanceOf(RecipientException.class)
                .hasMessageContaining(why);
    }
}
