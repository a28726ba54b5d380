// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;

/// `sys/config/cors`: which pages of other origins a browser lets ask the vault.
public final class CorsRoutes {
    private static final int MOST = 100;
    private static final int LONGEST = 256;
    private static final String PATH = "config/cors";

    private CorsRoutes() {}

    public static List<Route> routes() {
        return List.of(
                Route.surveys(
                                PATH,
                                Operation.READ,
                                "Return which other origins are let in.",
                                (call, reader) -> read(reader))
                        .shape(Shape.INJECTED),
                Route.governs(PATH, Operation.UPDATE, "Let pages of other origins ask the vault.", CorsRoutes::write)
                        .with(
                                Field.texts("allowed_origins", "Origins as https://app.example, or * alone for any."),
                                Field.texts("allowed_headers", "Headers that pages may send, beside the usual ones."),
                                Field.flag("allow_credentials", "Whether browsers send what they know of the user.")),
                Route.governs(PATH, Operation.DELETE, "Let no other origin in.", (call, writer) -> {
                    CrossOrigin.remove(writer);
                    return Response.NO_CONTENT;
                }));
    }

    private static Response read(BarrierReader reader) {
        CrossOrigin rules = CrossOrigin.read(reader);
        Json.Builder told = Json.object().put("enabled", rules.isOn());
        if (rules.isOn()) {
            told.put("allowed_origins", Json.of(rules.origins())).put("allowed_headers", Json.of(rules.allHeaders()));
        }
        if (rules.credentials()) {
            told.put("allow_credentials", true);
        }
        return new Response.Ok(told.build());
    }

    private static Response write(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        List<String> origins = values.strings("allowed_origins").orElse(List.of());
        List<String> headers = values.strings("allowed_headers").orElse(List.of());
        if (origins.isEmpty()) {
            return new Response.Invalid("at least one origin or the wildcard must be provided");
        }
        if (origins.contains(CrossOrigin.ANY) && origins.size() > 1) {
            return new Response.Invalid("to allow all origins the '*' must be the only value for allowed_origins");
        }
        if (!areFit(origins) || !headers.stream().allMatch(CorsRoutes::isToken) || !areFit(headers)) {
            return new Response.Invalid("allowed_origins and allowed_headers hold at most " + MOST
                    + " texts of at most " + LONGEST + " visible characters each; a header is a name, as X-Team");
        }
        new CrossOrigin(origins, headers, values.flag("allow_credentials").orElse(false)).put(writer);
        return Response.NO_CONTENT;
    }

    /// They come back in headers of answers, so there is nothing in them that ends one.
    private static boolean areFit(List<String> texts) {
        return texts.size() <= MOST
                && texts.stream()
                        .allMatch(text -> !text.isEmpty()
                                && text.length() <= LONGEST
                                && text.chars().allMatch(c -> c > ' ' && c < 0x7f));
    }

    private static boolean isToken(String header) {
        return header.chars()
                .allMatch(c ->
                        c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_');
    }
}
