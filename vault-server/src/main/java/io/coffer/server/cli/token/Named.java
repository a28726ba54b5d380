// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.SecretInput;
import java.io.IOException;
import java.util.Optional;

/// The token that a command is about: the one at hand, or one that its text or its accessor names.
///
/// @param path of the API, such as `lookup-self`
record Named(String path, Json.Builder body) {
    static final Flag ACCESSOR = Flag.on("accessor", "The word is the accessor of the token, not its text.");

    /// @param verb as the API calls it, such as `lookup`
    static Named of(Invocation call, String verb) throws IOException {
        boolean accessor = call.arguments().on(ACCESSOR);
        Optional<String> word = call.arguments().words().stream().findFirst();
        if (word.isEmpty() && accessor) {
            throw Failure.local("-accessor needs the accessor of a token");
        }
        if (word.isEmpty()) {
            return new Named("auth/token/" + verb + "-self", Json.object());
        }
        return accessor
                ? new Named("auth/token/" + verb + "-accessor", Json.object().put("accessor", word.get()))
                : new Named("auth/token/" + verb, Json.object().put("token", text(call, word.get())));
    }

    static String text(Invocation call, String word) throws IOException {
        return new String(new SecretInput(call).take(Optional.of(word), "token", "Token")).strip();
    }
}
