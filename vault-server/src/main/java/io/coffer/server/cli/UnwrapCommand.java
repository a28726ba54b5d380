// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Takes an answer out of its wrapping. That can be done once.
final class UnwrapCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "[TOKEN|-]",
                "Takes an answer out of its wrapping, once. Without a word, the token at hand is the wrapping token.",
                List.of(GlobalFlags.FIELD),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Optional<String> word = call.arguments().optional(0);
        String doing = "unwrapping";
        Optional<Token> hand = call.tokens().current();
        Optional<Token> wrapping =
                word.isEmpty() ? hand : Optional.of(Token.typed(new SecretInput(call).take(word, "token", "Token")));
        Reply reply =
                Api.accepted(call.api().send(ApiCall.put("sys/wrapping/unwrap", Json.EMPTY), wrapping, doing), doing);
        if (reply.empty()) {
            call.output().success("The wrapped answer was empty");
            return 0;
        }
        call.output().secret(reply);
        return 0;
    }
}
