// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/// Whom a share or a token is encrypted to, so that nobody else ever sees it: the owner of an OpenPGP key, of
/// an age key or of an SSH key.
public sealed interface ShareRecipient permits PgpRecipient, AgeRecipient {
    /// Reads a public key by its form: `age1…`; `ssh-ed25519 …` or `ssh-rsa …`, the line of a `.pub` file; else
    /// the base64 of what `gpg --export` writes.
    ///
    /// @param now when the key must be valid
    /// @throws RecipientException if it is none of these, or nothing can be encrypted to it
    static ShareRecipient parse(String key, Instant now) {
        if (key.startsWith("age1")) {
            return AgeX25519.parse(key);
        }
        if (key.startsWith("ssh-")) {
            return SshKey.parse(key);
        }
        return PgpRecipient.parse(base64(key), now);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new RecipientException(
                    "this is no public key known here; give age1…, the line of an ssh-ed25519 or ssh-rsa .pub file, or"
                            + " the base64 of `gpg --export KEY`",
                    notBase64);
        }
    }

    /// What kind of message it makes: `pgp` or `age`.
    String kind();

    /// What its owner knows the key by: the fingerprint of an OpenPGP key in lower-case hex, an age key itself,
    /// `SHA256:…` for an SSH key.
    String fingerprint();

    /// A message that only the owner of the key can read. The plaintext stays the caller's.
    byte[] encrypt(byte[] plaintext, SecureRandom random);
}
