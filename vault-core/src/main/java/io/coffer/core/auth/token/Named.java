// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Response;
import java.util.Optional;

/// The token that a request is about.
final class Named {
    static final Field TOKEN = Field.text("token", "The token.");
    static final Response MISSING = new Response.Invalid("missing token ID");
    static final Response MISSING_ACCESSOR = new Response.Invalid("missing accessor");
    static final Response INVALID_ACCESSOR = new Response.Invalid(Response.wrapped("invalid accessor"));

    private Named() {}

    static boolean isGiven(Call call) {
        return call.request()
                .values()
                .text("token")
                .filter(text -> !text.isEmpty())
                .isPresent();
    }

    /// What the field `token` says; nothing if it says nothing, or something that is no token.
    static Optional<Credential> token(Call call) {
        return call.request().values().text("token").flatMap(Credential::parse);
    }

    static Credential caller(Call call) {
        return call.request().incoming().credential().orElseThrow();
    }
}
