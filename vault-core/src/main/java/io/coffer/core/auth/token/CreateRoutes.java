// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.ScopedStorage;
import io.coffer.core.token.TokenStore;
import java.util.List;
import java.util.Optional;

/// `auth/token/create*`: makes tokens.
final class CreateRoutes {
    private final TokenStore tokens;
    private final Rights rights;

    CreateRoutes(TokenStore tokens, Rights rights) {
        this.tokens = tokens;
        this.rights = rights;
    }

    List<Route> routes() {
        return List.of(
                Route.governs("create", Operation.UPDATE, "Make a child of the token that calls.", this::child)
                        .with(TokenRequest.FIELDS),
                Route.governs("create-orphan", Operation.UPDATE, "Make a token that stands for itself.", this::orphan)
                        .with(TokenRequest.FIELDS),
                Route.governs("create/:role_name", Operation.UPDATE, "Make a token by a role.", this::byRole)
                        .with(TokenRequest.FIELDS));
    }

    private Response child(Call call, BarrierWriter writer) {
        return create(call, writer, Optional.empty(), false);
    }

    private Response orphan(Call call, BarrierWriter writer) {
        return create(call, writer, Optional.empty(), true);
    }

    private Response byRole(Call call, BarrierWriter writer) {
        String name = call.request().values().captured("role_name");
        Optional<TokenRole> role =
                TokenRole.find(ScopedStorage.reader(writer, call.mount().folder()), call.mount(), name);
        return role.isEmpty() ? new Response.Invalid("unknown role " + name) : create(call, writer, role, false);
    }

    private Response create(Call call, BarrierWriter writer, Optional<TokenRole> role, boolean orphan) {
        TokenRequest request = TokenRequest.of(call.request().values());
        return tokens.find(writer, Named.caller(call), call.now())
                .map(maker ->
                        new Creation(tokens, rights, call, maker, new Creation.Plan(request, role, orphan)).run(writer))
                .orElse(Response.Denied.PERMISSION);
    }
}
