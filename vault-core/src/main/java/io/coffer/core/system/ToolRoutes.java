// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.crypto.Digest;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// `sys/tools`: random bytes and hashes.
public final class ToolRoutes {
    private static final int MOST_BYTES = 131_072;
    private static final List<String> SOURCES = List.of("platform", "seal", "all");
    private static final Field[] RANDOM = {
        Field.number("bytes", "How many bytes.").or(Json.of(32)),
        Field.text("format", "base64 or hex.").or(Json.of("base64")),
        Field.text("source", "platform, seal or all: here they are one.")
    };
    private static final Field[] HASH = {
        Field.text("input", "What to hash, in base64."),
        Field.text("algorithm", "As sha2-256.").or(Json.of("sha2-256")),
        Field.text("format", "hex or base64.").or(Json.of("hex"))
    };

    private ToolRoutes() {}

    public static List<Route> routes() {
        String random = "Return random bytes.";
        String hash = "Return the hash of an input.";
        return List.of(
                Route.reads("tools/random", Operation.UPDATE, random, (call, reader) -> random(call))
                        .with(RANDOM),
                Route.reads("tools/random/:first", Operation.UPDATE, random, (call, reader) -> random(call))
                        .with(RANDOM),
                Route.reads("tools/random/:first/:second", Operation.UPDATE, random, (call, reader) -> random(call))
                        .with(RANDOM),
                Route.reads("tools/hash", Operation.UPDATE, hash, (call, reader) -> hash(call))
                        .with(HASH),
                Route.reads("tools/hash/:urlalgorithm", Operation.UPDATE, hash, (call, reader) -> hash(call))
                        .with(HASH));
    }

    private static Response random(Call call) {
        Values values = call.request().values();
        String first = values.text("first").orElse("");
        boolean named = SOURCES.contains(first);
        Optional<String> written = named ? values.text("second") : values.text("first");
        long bytes =
                written.map(ToolRoutes::number).orElse(values.number("bytes").orElse(32));
        String source = named ? first : values.text("source").orElse("platform");
        if (!source.isEmpty() && !SOURCES.contains(source)) {
            return new Response.Invalid("unsupported entropy source; must be \"platform\", \"seal\" or \"all\"");
        }
        if (bytes < 1) {
            return new Response.Invalid("'bytes' cannot be less than 1");
        }
        if (bytes > MOST_BYTES) {
            return new Response.Invalid("'bytes' should be less than " + MOST_BYTES);
        }
        byte[] drawn = new byte[(int) bytes];
        call.random().nextBytes(drawn);
        return encoded(values, "random_bytes", drawn);
    }

    private static Response hash(Call call) {
        Values values = call.request().values();
        String algorithm =
                values.text("urlalgorithm").or(() -> values.text("algorithm")).orElse("");
        Optional<Digest> digest = Digest.named(algorithm);
        if (digest.isEmpty()) {
            return new Response.Invalid("unsupported algorithm " + algorithm);
        }
        try {
            byte[] input = Base64.getDecoder().decode(values.text("input").orElse(""));
            return encoded(values, "sum", digest.get().of(input));
        } catch (IllegalArgumentException malformed) {
            return new Response.Invalid("unable to decode input as base64: it holds other characters");
        }
    }

    private static Response encoded(Values values, String name, byte[] bytes) {
        String format = values.text("format").orElse("");
        return switch (format) {
            case "hex" ->
                new Response.Ok(
                        Json.object().put(name, HexFormat.of().formatHex(bytes)).build());
            case "base64" ->
                new Response.Ok(Json.object()
                        .put(name, Base64.getEncoder().encodeToString(bytes))
                        .build());
            default -> new Response.Invalid("unsupported encoding format; must be \"hex\" or \"base64\"");
        };
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }
}
