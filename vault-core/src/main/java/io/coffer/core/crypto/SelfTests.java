// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.SelfTestFailedException;
import io.coffer.core.secret.Secret;
import io.coffer.core.shamir.Shamir;
import io.coffer.core.shamir.Share;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/// Known answers of every algorithm, asked for before the first key is touched: a runtime that computes
/// wrongly must not write what nobody can open again.
///
/// They find a broken runtime or machine, not a malicious one; and of randomness only that it is not stuck.
public final class SelfTests {
    private static final byte[] NONE = new byte[0];

    private SelfTests() {}

    /// Runs them all, in a few milliseconds.
    ///
    /// @throws SelfTestFailedException naming the first algorithm that did not give its known answer
    public static void run(SecureRandom random) {
        check("SHA-256", SelfTests::sha256);
        check("HMAC-SHA256", SelfTests::hmac);
        check("HKDF-SHA256", SelfTests::hkdf);
        check("AES-256-GCM", SelfTests::aesGcm);
        check("XAES-256-GCM", SelfTests::xaesGcm);
        check("Shamir's secret sharing", SelfTests::shamir);
        check("the source of randomness", () -> randomness(random));
    }

    /// A test that answers no or breaks has failed.
    static void check(String algorithm, Callable<Boolean> test) {
        boolean passed;
        try {
            passed = test.call();
        } catch (Exception broken) {
            throw new SelfTestFailedException(algorithm, broken);
        }
        if (!passed) {
            throw new SelfTestFailedException(algorithm);
        }
    }

    /// FIPS 180-2, appendix B.1.
    private static boolean sha256() throws GeneralSecurityException {
        return is(
                MessageDigest.getInstance("SHA-256").digest(text("abc")),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /// RFC 4231, test case 2, in one piece and in two.
    private static boolean hmac() {
        var expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        try (var key = Secret.takeFrom(text("Jefe"));
                var hmac = Hmac.of(key)) {
            return is(hmac.authenticate(text("what do ya want for nothing?")), expected)
                    && hmac.verify(bytes(expected), text("what do ya want "), text("for nothing?"));
        }
    }

    /// RFC 5869, test case 1.
    private static boolean hkdf() {
        var salt = bytes("000102030405060708090a0b0c");
        var info = bytes("f0f1f2f3f4f5f6f7f8f9");
        try (var input = Secret.takeFrom(bytes("0b".repeat(22)));
                var derived = Hkdf.derive(input, salt, info, 42)) {
            return derived.sameAs(
                    bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
        }
    }

    /// The GCM specification, test case 16.
    private static boolean aesGcm() {
        var key = "feffe9928665731c6d6a8f9467308308".repeat(2);
        var plaintext = bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        return encrypts(
                Algorithm.AES_256_GCM,
                bytes(key),
                bytes("cafebabefacedbaddecaf888"),
                plaintext,
                bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                        + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    /// C2SP, both vectors: the second's key takes the other branch of the derivation.
    private static boolean xaesGcm() {
        var nonce = text("ABCDEFGHIJKLMNOPQRSTUVWX");
        var plaintext = text("XAES-256-GCM");
        return encrypts(
                        Algorithm.XAES_256_GCM,
                        bytes("01".repeat(32)),
                        nonce,
                        plaintext,
                        NONE,
                        "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271")
                && encrypts(
                        Algorithm.XAES_256_GCM,
                        bytes("03".repeat(32)),
                        nonce,
                        plaintext,
                        text("c2sp.org/XAES-256-GCM"),
                        "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    /// Encrypts to what is known, decrypts it, and refuses it with one bit changed.
    private static boolean encrypts(
            Algorithm algorithm, byte[] key, byte[] nonce, byte[] plaintext, byte[] associatedData, String expected) {
        try (var secret = Secret.takeFrom(key);
                var aead = AeadKey.of(algorithm, secret)) {
            var encrypted = aead.encrypt(nonce, plaintext, associatedData);
            if (!is(encrypted, expected) || !Arrays.equals(aead.decrypt(nonce, encrypted, associatedData), plaintext)) {
                return false;
            }
            encrypted[0] ^= 1;
            aead.decrypt(nonce, encrypted, associatedData);
            return false;
        } catch (AuthenticationFailedException asItShould) {
            return true;
        }
    }

    /// Three known shares of "3f", of which any three and no two rebuild it.
    private static boolean shamir() {
        var shares = List.of(Share.of(bytes("d8e6")), Share.of(bytes("a810")), Share.of(bytes("9a99")));
        try (var joined = Shamir.join(shares);
                var fromTwo = Shamir.join(shares.subList(0, 2))) {
            return joined.sameAs(bytes("3f")) && !fromTwo.sameAs(joined);
        } finally {
            shares.forEach(Share::close);
        }
    }

    /// Two draws are equal by chance once in 2^256, so a source that repeats itself is stuck.
    private static boolean randomness(SecureRandom random) {
        try (var first = Secret.random(32, random);
                var second = Secret.random(32, random)) {
            return !first.sameAs(second) && !first.sameAs(new byte[32]) && !second.sameAs(new byte[32]);
        }
    }

    private static boolean is(byte[] computed, String expected) {
        return MessageDigest.isEqual(computed, bytes(expected));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
