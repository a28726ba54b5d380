// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

/// Protection without which the daemon does not start. The message names what to do about it.
public final class HardeningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HardeningException(String message) {
        super(message);
    }
}
