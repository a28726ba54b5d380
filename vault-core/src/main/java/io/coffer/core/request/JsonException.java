// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// A text that is no JSON, or more of it than the limits allow. The message names place and reason, never a
/// value.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Whether the text is over a limit, as opposed to malformed.
    private final boolean overLimit;

    public JsonException(String message, boolean overLimit) {
        super(message);
        this.overLimit = overLimit;
    }

    public boolean overLimit() {
        return overLimit;
    }
}
