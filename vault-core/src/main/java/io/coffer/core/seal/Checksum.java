// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.CorruptedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// SHA-256 at the end of a record that lies in clear: it finds damage, not an attacker.
final class Checksum {
    static final int BYTES = 32;

    private Checksum() {}

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /// What stands before the checksum.
    ///
    /// @throws CorruptedException if it does not match
    static byte[] checked(String noun, byte[] record) {
        int size = record.length - BYTES;
        if (size >= 1) {
            byte[] content = Arrays.copyOf(record, size);
            if (MessageDigest.isEqual(of(content), Arrays.copyOfRange(record, size, record.length))) {
                return content;
            }
        }
        throw new CorruptedException(noun + " is damaged: its checksum does not match");
    }
}
