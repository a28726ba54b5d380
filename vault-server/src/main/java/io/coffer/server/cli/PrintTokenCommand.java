// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.List;
import java.util.Optional;

/// Prints the token that commands act with: for scripts, and for the curl commands that
/// `-output-curl-string` prints.
final class PrintTokenCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "", "Prints the token that commands act with, from VAULT_TOKEN or from login.", List.of(), 0, 0);
    }

    @Override
    public int run(Invocation call) {
        Optional<Token> token = call.tokens().current();
        if (token.isPresent()) {
            call.terminal().out().write(token.get().bytes(), 0, token.get().bytes().length);
        }
        call.terminal().out().println();
        return 0;
    }
}
