// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import java.util.Locale;

/// What a term may still do. The numbers stand in stored keyrings.
public enum KeyStatus {
    /// Encrypts and decrypts; a keyring has exactly one.
    PRIMARY(1),
    /// Decrypts, and may become the primary.
    AVAILABLE(2),
    /// Decrypts; a rotation retired it.
    DEPRECATED(3),
    /// Its key is gone; the number stays as a tombstone.
    DESTROYED(4);

    private final int code;

    KeyStatus(int code) {
        this.code = code;
    }

    /// The name in answers.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    int code() {
        return code;
    }

    static KeyStatus of(int code) {
        for (KeyStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("no key status has the code " + code);
    }
}
