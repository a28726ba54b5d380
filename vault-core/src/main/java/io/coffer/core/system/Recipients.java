// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.crypto.PgpKeyException;
import io.coffer.core.crypto.PgpRecipient;
import io.coffer.core.crypto.RecipientException;
import io.coffer.core.crypto.ShareRecipient;
import java.time.Instant;
import java.util.Base64;

/// Reads the public keys of holders as requests have them.
final class Recipients {
    private Recipients() {}

    /// Why a key cannot be used, in words for people, which do not repeat it.
    static final class UnusableKeyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnusableKeyException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// An OpenPGP key.
    ///
    /// @param base64 of the binary key, as `gpg --export KEY | base64 -w0` writes it
    /// @throws UnusableKeyException if it is none
    static PgpRecipient pgp(String base64, Instant now) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new UnusableKeyException("error decoding given PGP key: it is not padded standard base64", malformed);
        }
        try {
            return PgpRecipient.parse(key, now);
        } catch (PgpKeyException unusable) {
            throw new UnusableKeyException("error parsing given PGP key: " + unusable.getMessage(), unusable);
        }
    }

    /// A key of any kind that there is: OpenPGP in base64, age, or an SSH public key.
    ///
    /// @throws UnusableKeyException if it is none
    static ShareRecipient any(String text, Instant now) {
        try {
            return ShareRecipient.parse(text, now);
        } catch (RecipientException unusable) {
            throw new UnusableKeyException("a key of share_holders: " + unusable.getMessage(), unusable);
        }
    }
}
