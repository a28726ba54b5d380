// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.io.IOException;
import java.util.List;

/// Ends a token.
final class TokenRevokeCommand implements Command {
    private static final Flag SELF = Flag.on("self", "End the token at hand.");
    private static final Flag MODE = Flag.text(
            "mode", "orphan|path", "orphan: its children live on; path: end all tokens that this path has made.");

    @Override
    public Shape shape() {
        return new Shape(
                "[TOKEN|ACCESSOR|PATH|-]",
                "Ends a token and everything that descends from it.",
                List.of(Named.ACCESSOR, SELF, MODE),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        call.api().ask(asked(call), "revoking token");
        call.output().success("Revoked token (if it existed)");
        return 0;
    }

    private static ApiCall asked(Invocation call) throws IOException {
        List<String> words = call.arguments().words();
        boolean self = call.arguments().on(SELF);
        String mode = call.arguments().text(MODE).orElse("");
        if (self == !words.isEmpty()) {
            throw Failure.local("Give a token, or -self for the one at hand, and not both");
        }
        if (self && !mode.isEmpty() || call.arguments().on(Named.ACCESSOR) && !mode.isEmpty()) {
            throw Failure.local("-mode goes with neither -self nor -accessor");
        }
        return switch (mode) {
            case "" -> {
                Named named = Named.of(call, "revoke");
                yield ApiCall.put(named.path(), named.body().build());
            }
            case "orphan" ->
                ApiCall.put(
                        "auth/token/revoke-orphan",
                        Json.object()
                                .put("token", Named.text(call, words.getFirst()))
                                .build());
            case "path" -> ApiCall.put("sys/revoke-prefix/" + Words.path(words.getFirst()), Json.EMPTY);
            default -> throw Failure.local("-mode is orphan or path");
        };
    }
}
