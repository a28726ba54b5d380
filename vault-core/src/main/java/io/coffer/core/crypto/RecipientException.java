// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

/// A public key that nothing can be encrypted to. The message says why and what to give instead.
public sealed class RecipientException extends RuntimeException permits PgpKeyException {
    private static final long serialVersionUID = 1;

    RecipientException(String message) {
        super(message);
    }

    RecipientException(String message, Throwable cause) {
        super(message, cause);
    }
}
