// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// More work is waiting than a named limit allows: nothing was done, and the same may be asked again in
/// a moment.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OverloadedException(String message) {
        super(message);
    }
}
