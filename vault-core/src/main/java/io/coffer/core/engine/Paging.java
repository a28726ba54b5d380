// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.function.Function;

/// The part of a list that a request asks for.
///
/// @param after an exclusive start that need not be there; empty to start at the first
/// @param limit the most entries; 0 for all
public record Paging(String after, long limit) {
    public static final Field AFTER = Field.text("after", "List only what comes after this entry.");
    public static final Field LIMIT = Field.limit("limit", "List at most so many entries; 0 or \"max\" lists all.");

    private static Paging of(Values values) {
        return new Paging(
                values.text("after").orElse(""), values.number("limit").orElse(0));
    }

    /// Answers with the work's answer for the part that a request asks for, or says that no list can start there.
    public static Response asked(Call call, Function<Paging, Response> work) {
        Paging paging = of(call.request().values());
        return paging.isPossible() ? work.apply(paging) : new Response.Invalid("after must be an entry of the list");
    }

    private boolean isPossible() {
        String name = after.endsWith("/") ? after.substring(0, after.length() - 1) : after;
        return after.isEmpty() || !name.isEmpty() && RequestPath.refusal(name).isEmpty();
    }
}
