// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Coercion;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.FormBody;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonLimits;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Request;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a body into the fields of a route; only after the caller was let in.
public final class Parsing {
    /// Four letters and the white space that somebody may put around them.
    private static final int NULL_AT_MOST = 16;

    private final JsonLimits limits;
    private final JsonText json;

    public Parsing(JsonLimits limits) {
        this.limits = limits;
        this.json = new JsonText(limits);
    }

    /// What came out.
    sealed interface Outcome {
        /// @param warnings for an answer that has something to say
        record Parsed(Request request, List<String> warnings) implements Outcome {}

        record Refused(Response answer) implements Outcome {}
    }

    Outcome parse(Incoming incoming, Route route, Map<String, String> captures) {
        Map<String, Secret> secrets = new HashMap<>();
        try {
            Json.Obj body = body(incoming, route, secrets);
            Coercion.Result coerced = Coercion.coerce(route, body, incoming.query(), captures, secrets);
            return switch (coerced) {
                case Coercion.Refused(String error) -> refused(secrets, error);
                case Coercion.Coerced done ->
                    new Outcome.Parsed(new Request(incoming, done.values(), body), done.warnings());
            };
        } catch (JsonException malformed) {
            return refused(secrets, text(malformed));
        }
    }

    /// Closes what was taken out of a body.
    static void close(Values values) {
        values.secrets().values().forEach(Secret::close);
    }

    private Json.Obj body(Incoming incoming, Route route, Map<String, Secret> secrets) {
        byte[] bytes = incoming.body();
        Set<String> names = route.fields().stream()
                .filter(field -> field.type() == Field.Type.SECRET)
                .map(Field::name)
                .collect(Collectors.toSet());
        if (!takesBody(incoming.operation(), names) || isBlank(bytes)) {
            return Json.EMPTY;
        }
        return switch (incoming.form()) {
            case FORM_URLENCODED -> FormBody.parse(bytes, limits, names, secrets);
            case JSON -> isNull(bytes) ? Json.EMPTY : object(bytes, names, secrets);
        };
    }

    private Json.Obj object(byte[] bytes, Set<String> names, Map<String, Secret> secrets) {
        return names.isEmpty() ? json.parseObject(bytes) : json.parseObject(bytes, names, secrets);
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\t' && each != '\n' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    /// The body that clients in Go send where they have none.
    private static boolean isNull(byte[] body) {
        return body.length <= NULL_AT_MOST
                && new String(body, StandardCharsets.ISO_8859_1).strip().equals("null");
    }

    /// Deleting takes one only for what may stand in no path and no query.
    private static boolean takesBody(Operation operation, Set<String> secrets) {
        return switch (operation) {
            case UPDATE, PATCH -> true;
            case DELETE -> !secrets.isEmpty();
            case READ, LIST, SCAN, HELP -> false;
        };
    }

    private static Outcome refused(Map<String, Secret> secrets, String error) {
        secrets.values().forEach(Secret::close);
        return new Outcome.Refused(new Response.Invalid(error));
    }

    private static String text(JsonException malformed) {
        return malformed.overLimit()
                ? String.valueOf(malformed.getMessage())
                : "failed to decode JSON input: " + malformed.getMessage();
    }
}
