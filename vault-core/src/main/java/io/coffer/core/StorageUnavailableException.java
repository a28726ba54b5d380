// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// The disk failed or is closed: nothing was committed, and nothing will be until it is opened again.
public final class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageUnavailableException(String message) {
        super(message);
    }

    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
