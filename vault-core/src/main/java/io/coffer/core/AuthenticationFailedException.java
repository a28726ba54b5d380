// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// What should be opened is not what was encrypted under this key and for this place: bent, cut, moved or
/// foreign. Which of these it is cannot be told, and no byte of it is shown.
public final class AuthenticationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AuthenticationFailedException() {
        super("authentication failed: wrong key, wrong place, or changed bytes");
    }
}
