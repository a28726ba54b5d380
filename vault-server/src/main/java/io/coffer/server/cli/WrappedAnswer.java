// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

/// Ends a command whose answer has come wrapped, as its user wanted: the token that unwraps it is all that there is to
/// show.
final class WrappedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    WrappedAnswer(Reply reply) {
        super("the answer is wrapped", null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
