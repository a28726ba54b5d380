// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// A key or another secret was used after its owner had closed it. Nothing was computed with it.
public final class SecretClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SecretClosedException() {
        super("the secret was closed by its owner and can no longer be used");
    }
}
