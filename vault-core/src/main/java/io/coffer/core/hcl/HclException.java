// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// A text that is not the HCL or JSON that we read, or more of it than the limits allow. The message names
/// the place, what was found and what was expected; it repeats names, never values, since a value may be a
/// secret.
public final class HclException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Position position;
    private final String problem;

    public HclException(Position position, String problem) {
        super(position + ": " + problem);
        this.position = position;
        this.problem = problem;
    }

    public Position position() {
        return position;
    }

    public int line() {
        return position.line();
    }

    public int column() {
        return position.column();
    }

    /// The message without the place, for callers that name places in their own way.
    public String problem() {
        return problem;
    }
}
