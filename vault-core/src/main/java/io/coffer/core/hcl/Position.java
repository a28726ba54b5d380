// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// A place in a text, counted from 1; columns count characters, not bytes.
public record Position(int line, int column) {
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1");
        }
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
