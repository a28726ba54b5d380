// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.SecureRandom;
import java.util.List;

/// Whose key the `age` tool decrypts with. The format is version 1 of age-encryption.org.
sealed interface AgeRecipient extends ShareRecipient permits AgeX25519, AgeSshEd25519, AgeSshRsa {
    /// The key of one file, wrapped for this recipient. The key stays the caller's.
    Stanza wrap(byte[] fileKey, SecureRandom random);

    @Override
    default String kind() {
        return "age";
    }

    @Override
    default byte[] encrypt(byte[] plaintext, SecureRandom random) {
        return AgeFile.encrypt(this, plaintext, random);
    }

    /// What a recipient finds his own by, and the file key for him.
    record Stanza(List<String> arguments, byte[] body) {}
}
