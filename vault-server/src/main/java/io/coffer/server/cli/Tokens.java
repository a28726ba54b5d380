// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.Optional;

/// The token that commands act with: from the environment, else from where `login` keeps it.
final class Tokens {
    private final Env env;

    Tokens(Env env) {
        this.env = env;
    }

    Optional<Token> current() {
        Optional<String> given = env.get("TOKEN");
        if (given.isPresent()) {
            return Optional.of(Token.of(given.get().strip()));
        }
        return keeper().get();
    }

    void store(Token token) {
        keeper().store(token);
    }

    /// Whether a token in the environment hides the one that `login` keeps.
    boolean hidden() {
        return env.get("TOKEN").isPresent();
    }

    private TokenKeeper keeper() {
        Optional<String> helper = new ClientConfig(env).tokenHelper();
        return helper.isPresent() ? new TokenProgram(helper.get()) : TokenFile.of(env);
    }
}
