// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Caller;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.time.Instant;

/// Counts the requests of tokens that are good for so many. Counting is part of the request's transaction, so of any
/// number of requests at once exactly as many are let in.
public final class Uses {
    private final TokenStore tokens;

    public Uses(TokenStore tokens) {
        this.tokens = tokens;
    }

    /// Takes one use of a caller's token.
    ///
    /// @return whether it was the last: then {@link #end} ends the transaction
    boolean take(BarrierWriter writer, Caller caller, Instant now) {
        return caller.counted()
                && tokens.findById(writer, caller.id(), now)
                        .map(found -> tokens.use(writer, found))
                        .filter(used -> used.token().uses() == Token.LAST_USE)
                        .isPresent();
    }

    /// The token has done its last.
    void end(BarrierWriter writer, Caller caller) {
        tokens.revoke(writer, caller.id());
    }
}
