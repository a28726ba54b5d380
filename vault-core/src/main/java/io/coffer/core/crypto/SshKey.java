// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// A public key in the form that SSH gives it (RFC 4253): its kind and numbers, each behind its length.
final class SshKey {
    private static final int MAX_TEXT = 1 << 13;
    private static final int TAG_BYTES = 4;
    private static final String HELP = "; give the one line of an ssh-ed25519 or ssh-rsa .pub file";

    private final byte[] blob;
    private final byte[] digest;

    private SshKey(byte[] blob) {
        this.blob = blob;
        this.digest = sha256(blob);
    }

    /// Reads the line of a `.pub` file: kind, base64 and perhaps a comment, with one blank between them.
    ///
    /// @throws RecipientException if it is something else, or a key of another kind
    static AgeRecipient parse(String line) {
        if (line.length() > MAX_TEXT || line.chars().anyMatch(Character::isISOControl)) {
            throw new RecipientException("this SSH key is too long or has more than one line" + HELP);
        }
        String[] parts = line.split(" ", 3);
        if (!parts[0].equals("ssh-ed25519") && !parts[0].equals("ssh-rsa")) {
            throw new RecipientException("age takes no SSH key of this kind" + HELP);
        }
        if (parts.length < 2) {
            throw malformed();
        }
        SshKey ssh = new SshKey(base64(parts[1]));
        ByteBuffer fields = ByteBuffer.wrap(ssh.blob);
        try {
            if (!new String(field(fields), StandardCharsets.ISO_8859_1).equals(parts[0])) {
                throw malformed();
            }
            AgeRecipient recipient = parts[0].equals("ssh-rsa")
                    ? new AgeSshRsa(ssh, number(fields), number(fields))
                    : new AgeSshEd25519(ssh, field(fields));
            if (fields.hasRemaining()) {
                throw malformed();
            }
            return recipient;
        } catch (BufferUnderflowException cut) {
            throw malformed();
        }
    }

    byte[] blob() {
        return blob;
    }

    /// As `ssh-keygen -lf` prints it.
    String fingerprint() {
        return "SHA256:" + AgeFile.base64(digest);
    }

    /// What an age file names the key by: too little to tell it from every other.
    String tag() {
        return AgeFile.base64(Arrays.copyOf(digest, TAG_BYTES));
    }

    private static byte[] field(ByteBuffer fields) {
        int length = fields.getInt();
        if (length < 0 || length > fields.remaining()) {
            throw malformed();
        }
        byte[] field = new byte[length];
        fields.get(field);
        return field;
    }

    /// A positive number in its shortest form.
    private static BigInteger number(ByteBuffer fields) {
        byte[] bytes = field(fields);
        BigInteger number = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
        if (number.signum() <= 0 || !Arrays.equals(number.toByteArray(), bytes)) {
            throw malformed();
        }
        return number;
    }

    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
            throw malformed();
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static RecipientException malformed() {
        return new RecipientException("this SSH key is malformed" + HELP);
    }
}
