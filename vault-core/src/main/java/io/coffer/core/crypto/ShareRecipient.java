// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.SecureRandom;

/// Somebody's public key, to which a share or a token is encrypted so that nobody else ever sees it.
public interface ShareRecipient {
    /// What kind of message it makes, as `pgp` or `age`.
    String kind();

    /// What its owner knows the key by, in printable ASCII.
    String fingerprint();

    /// A message that only the owner of the key can read. The plaintext stays the caller's.
    byte[] encrypt(byte[] plaintext, SecureRandom random);
}
