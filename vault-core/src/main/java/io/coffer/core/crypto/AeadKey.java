// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/// A key that encrypts and authenticates, bound to one algorithm, for any number of threads.
///
/// What was encrypted opens only under the same key, nonce and associated data, unchanged; otherwise it gives
/// [AuthenticationFailedException] and not one byte. After closing every use gives [SecretClosedException]; a
/// use that had begun ends under the true key. Nothing is ever encrypted under zeros.
///
/// Limit: a nonce must never be used twice under one key, and only the caller can see to that: draw it at
/// random, each time.
public final class AeadKey implements AutoCloseable {
    private final Algorithm algorithm;
    private final Tools<GcmTool> tools;

    private AeadKey(Algorithm algorithm, Secret key) {
        this.algorithm = algorithm;
        this.tools = new Tools<>(key, bytes -> GcmTool.of(algorithm, bytes));
    }

    /// A key from [Algorithm#KEY_BYTES] secret bytes, which stay the caller's: this keeps a copy of its own.
    public static AeadKey of(Algorithm algorithm, Secret key) {
        if (key.length() != Algorithm.KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + Algorithm.KEY_BYTES + " bytes, not " + key.length());
        }
        return new AeadKey(Objects.requireNonNull(algorithm, "algorithm"), key.duplicate());
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /// The ciphertext and its tag.
    public byte[] encrypt(byte[] nonce, byte[] plaintext, byte[] associatedData) {
        checkNonce(nonce);
        var encrypted = new byte[Math.addExact(plaintext.length, Algorithm.TAG_BYTES)];
        encrypt(nonce, 0, plaintext, associatedData, encrypted, 0);
        return encrypted;
    }

    /// What was encrypted to this ciphertext and tag.
    public byte[] decrypt(byte[] nonce, byte[] ciphertext, byte[] associatedData) {
        checkNonce(nonce);
        return decrypt(nonce, 0, ciphertext, 0, associatedData);
    }

    /// How long a message without a header is: nonce, ciphertext and tag.
    public int messageBytes(int plaintextBytes) {
        return Math.addExact(plaintextBytes, algorithm.nonceBytes() + Algorithm.TAG_BYTES);
    }

    /// Encrypts into a message that already holds the nonce from `at` on, behind it, up to the end: without a
    /// copy.
    public void encryptInto(byte[] message, int at, byte[] plaintext, byte[] associatedData) {
        Objects.checkIndex(at, message.length);
        if (message.length - at != messageBytes(plaintext.length)) {
            throw new IllegalArgumentException("the message has another length than nonce, ciphertext and tag");
        }
        encrypt(message, at, plaintext, associatedData, message, at + algorithm.nonceBytes());
    }

    /// Decrypts a message of nonce, ciphertext and tag that begins at `at`: without a copy.
    ///
    /// @throws AuthenticationFailedException also if it is too short to be one
    public byte[] decryptFrom(byte[] message, int at, byte[] associatedData) {
        return decrypt(message, at, message, at + algorithm.nonceBytes(), associatedData);
    }

    /// Erases the key. Closing again does nothing.
    @Override
    public void close() {
        tools.close();
    }

    @Override
    public String toString() {
        return "AeadKey[" + algorithm.wireName() + "]";
    }

    private void encrypt(byte[] nonce, int at, byte[] plaintext, byte[] associatedData, byte[] into, int from) {
        var tool = tools.take();
        try {
            var cipher = tool.ready(Cipher.ENCRYPT_MODE, nonce, at);
            cipher.updateAAD(associatedData);
            cipher.doFinal(plaintext, 0, plaintext.length, into, from);
        } catch (InvalidAlgorithmParameterException repeated) {
            throw new IllegalArgumentException("this nonce was used just before under this key", repeated);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java runtime failed to encrypt", broken);
        } finally {
            tools.giveBack(tool);
        }
    }

    private byte[] decrypt(byte[] nonce, int at, byte[] message, int from, byte[] associatedData) {
        if (from > message.length - Algorithm.TAG_BYTES) {
            throw new AuthenticationFailedException();
        }
        var tool = tools.take();
        try {
            var cipher = tool.ready(Cipher.DECRYPT_MODE, nonce, at);
            cipher.updateAAD(associatedData);
            return cipher.doFinal(message, from, message.length - from);
        } catch (AEADBadTagException refused) {
            throw new AuthenticationFailedException();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java runtime failed to decrypt", broken);
        } finally {
            tools.giveBack(tool);
        }
    }

    private void checkNonce(byte[] nonce) {
        if (nonce.length != algorithm.nonceBytes()) {
            throw new IllegalArgumentException("a nonce has " + algorithm.nonceBytes() + " bytes, not " + nonce.length);
        }
    }
}
