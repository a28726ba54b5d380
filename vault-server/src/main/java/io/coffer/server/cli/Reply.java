// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonLimits;
import io.coffer.core.request.JsonText;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.wire.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An answer of the API. Never printed by accident: the body may be a secret.
public final class Reply {
    /// Wider than what the daemon accepts: it adds its envelope, and another server's limits may be wider
    /// too.
    private static final JsonText JSON = new JsonText(new JsonLimits(256, 64 << 20, 4_000_000, 10_000, 20_000_000));

    /// How much of an answer that is no JSON is shown.
    private static final int SHOWN = 4_096;

    private static final List<String> ENVELOPE = List.of("request_id", "lease_id", "data", "auth", "wrap_info");

    private final String method;
    private final HttpAnswer answer;
    private Optional<Json> tree = Optional.empty();

    Reply(String method, HttpAnswer answer) {
        this.method = method;
        this.answer = answer;
    }

    public int status() {
        return answer.status();
    }

    boolean refused() {
        return answer.status() >= 300;
    }

    public boolean empty() {
        return answer.body().length == 0;
    }

    byte[] body() {
        return answer.body();
    }

    /// The body, or an empty object if there is none.
    ///
    /// @throws Failure if it is something else
    public Json.Obj object() {
        if (tree.isEmpty()) {
            try {
                tree = Optional.of(empty() ? Json.EMPTY : JSON.parse(answer.body()));
            } catch (JsonException malformed) {
                throw Failure.remote("The answer of " + answer.url() + " is no JSON: " + malformed.getMessage());
            }
        }
        if (tree.get() instanceof Json.Obj object) {
            return object;
        }
        throw Failure.remote("The answer of " + answer.url() + " is JSON, but no object");
    }

    /// The answer as tables and fields show it: a bare one is its own data.
    Json.Obj envelope() {
        Json.Obj told = object();
        return ENVELOPE.stream().anyMatch(told::has)
                ? told
                : Json.object().put("data", told).build();
    }

    /// What was asked for.
    ///
    /// @throws WrappedAnswer if that is wrapped
    public Json.Obj data() {
        if (object().get("wrap_info") instanceof Json.Obj) {
            throw new WrappedAnswer(this);
        }
        return Scalars.object(object().get("data"));
    }

    /// The body of an answer that says that it is text for people or for other tools, such as metrics.
    Optional<String> text() {
        return answer.headers()
                .get("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/"))
                .map(type -> new String(answer.body(), StandardCharsets.UTF_8));
    }

    /// Whether a 404 says more than that nothing is there: of a deleted version the metadata.
    public boolean hasData() {
        return !empty() && looksLikeJson() && !data().members().isEmpty();
    }

    private boolean looksLikeJson() {
        try {
            object();
            return true;
        } catch (Failure anotherFormat) {
            return false;
        }
    }

    /// The refusal in the words that scripts of the field look for.
    String refusal() {
        String head = "Error making API request.\n\nURL: " + method + " " + answer.url() + "\nCode: " + answer.status()
                + ". ";
        if (!looksLikeJson() || !(object().get("errors") instanceof Json.Arr)) {
            String body = new String(answer.body(), 0, Math.min(SHOWN, answer.body().length), StandardCharsets.UTF_8);
            return head + (body.isBlank() ? "Errors:\n" : "Raw Message:\n\n" + Words.harmless(body));
        }
        StringBuilder text = new StringBuilder(head).append("Errors:\n");
        List<Json> errors = Scalars.items(object().get("errors"));
        for (Json error : errors) {
            text.append("\n* ").append(Words.harmless(Scalars.cell(error).strip()));
        }
        return text.toString();
    }
}
