// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.util.Optional;

/// A stored record is not what was written: bent, cut, moved or foreign. The message names the file or the
/// key, never a value.
public final class CorruptedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CorruptedException(String message) {
        super(message);
    }

    public CorruptedException(String message, Throwable cause) {
        super(message, cause);
    }

    /// What stands in the way of reading something, for who can go on without; empty if nothing does.
    public static Optional<String> reason(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (CorruptedException damaged) {
            return Optional.of(String.valueOf(damaged.getMessage()));
        }
    }
}
