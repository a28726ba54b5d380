// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.util.List;
import java.util.Optional;

/// `auth/token/revoke*`: ends tokens. All that descends from one is dead with the answer; a job clears it away.
final class RevokeRoutes {
    private static final Response BATCH = new Response.Invalid("batch tokens cannot be revoked");

    private final TokenStore tokens;

    RevokeRoutes(TokenStore tokens) {
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.governs("revoke", Operation.UPDATE, "Revoke a token and its children.", this::revoke)
                        .with(Named.TOKEN),
                Route.governs(
                        "revoke-self", Operation.UPDATE, "Revoke the token that calls and its children.", this::self),
                Route.governs(
                                "revoke-accessor",
                                Operation.UPDATE,
                                "Revoke the token with an accessor and its children.",
                                this::accessed)
                        .with(Field.text("accessor", "The accessor of the token.")),
                Route.governs(
                                "revoke-orphan",
                                Operation.UPDATE,
                                "Revoke a token; its children live on as orphans.",
                                this::alone)
                        .with(Named.TOKEN));
    }

    private Response revoke(Call call, BarrierWriter writer) {
        if (!Named.isGiven(call)) {
            return Named.MISSING;
        }
        Optional<TokenStore.Found> found = named(call, writer);
        if (found.isPresent() && found.get().token().type() == Token.Type.BATCH) {
            return BATCH;
        }
        found.ifPresent(each -> tokens.revoke(writer, each.id()));
        return Response.NO_CONTENT;
    }

    private Response self(Call call, BarrierWriter writer) {
        if (call.caller().id().isEmpty()) {
            return BATCH;
        }
        tokens.revoke(writer, call.caller().id());
        return Response.NO_CONTENT;
    }

    private Response accessed(Call call, BarrierWriter writer) {
        String accessor = call.request().values().text("accessor").orElse("");
        if (accessor.isEmpty()) {
            return Named.MISSING_ACCESSOR;
        }
        Optional<TokenStore.Found> found = tokens.findByAccessor(writer, accessor, call.now());
        if (found.isEmpty()) {
            return new Response.Ok(Json.NULL, 0, List.of("No token found with this accessor"));
        }
        tokens.revoke(writer, found.get().id());
        return Response.NO_CONTENT;
    }

    private Response alone(Call call, BarrierWriter writer) {
        if (!Named.isGiven(call)) {
            return Named.MISSING;
        }
        if (!Rights.sudo(call)) {
            return new Response.Invalid("root or sudo privileges required to revoke and orphan");
        }
        Optional<TokenStore.Found> found = named(call, writer);
        if (found.isEmpty()) {
            return new Response.Invalid("token to revoke not found");
        }
        if (found.get().token().type() == Token.Type.BATCH) {
            return BATCH;
        }
        tokens.revokeAlone(writer, found.get().id());
        return Response.NO_CONTENT;
    }

    private Optional<TokenStore.Found> named(Call call, BarrierWriter writer) {
        Optional<Credential> credential = Named.token(call);
        return credential.flatMap(text -> tokens.find(writer, text, call.now()));
    }
}
