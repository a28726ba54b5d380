// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// A request was not accepted within its time: nothing of it has happened or will.
public final class DeadlineExceededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeadlineExceededException() {
        super("the request was not accepted within its time and has changed nothing; try again");
    }
}
