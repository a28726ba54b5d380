// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

/// A public OpenPGP key that nothing can be encrypted to.
public final class PgpKeyException extends RecipientException {
    private static final long serialVersionUID = 1;

    PgpKeyException(String message) {
        super(message);
    }

    PgpKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
