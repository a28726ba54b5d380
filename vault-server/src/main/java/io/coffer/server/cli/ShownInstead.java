// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

/// Ends a command that was to show its call instead of sending it.
final class ShownInstead extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String text;

    ShownInstead(String text) {
        super("shown instead of sent", null, false, false);
        this.text = text;
    }

    String text() {
        return text;
    }
}
