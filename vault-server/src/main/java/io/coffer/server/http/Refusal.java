// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

/// A request that is refused at the edge, before the pipeline hears of it. Costs no stack trace: hostile clients make
/// many.
///
/// The message is what the client reads. It names what is wrong, never a value that was sent.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /// One that has a status and nothing to say.
    static Refusal silent(int status) {
        return new Refusal(status, "");
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
