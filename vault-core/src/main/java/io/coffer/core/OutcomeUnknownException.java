// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// A change was accepted and then the disk failed: after a restart it may be there or not. Never read it as
/// "it did not happen".
public final class OutcomeUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
