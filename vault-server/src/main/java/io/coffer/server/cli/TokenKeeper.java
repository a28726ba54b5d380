// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.Optional;

/// Where `login` leaves the token for later commands.
interface TokenKeeper {
    Optional<Token> get();

    void store(Token token);

    void erase();
}
