// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.util.List;
import java.util.Optional;

/// `auth/token/`: what a token may learn about itself.
public final class TokenEngine implements Engine {
    private static final String SELF_HELP = "Return what is known of the token that calls.";

    private final TokenStore tokens;

    public TokenEngine(TokenStore tokens) {
        this.tokens = tokens;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.surveys("lookup-self", Operation.READ, SELF_HELP, this::lookupSelf),
                Route.surveys("lookup-self", Operation.UPDATE, SELF_HELP, this::lookupSelf));
    }

    private Response lookupSelf(Call call, BarrierReader reader) {
        Credential credential = call.request().incoming().credential().orElseThrow();
        Optional<TokenStore.Found> found = tokens.find(reader, credential);
        return found.isPresent() ? new Response.Ok(data(credential, found.get().token())) : Response.Denied.PERMISSION;
    }

    private static Json data(Credential credential, Token token) {
        return Json.object()
                .put("accessor", token.accessor())
                .put("creation_time", token.created().getEpochSecond())
                .put("creation_ttl", 0)
                .put("display_name", token.displayName())
                .put("entity_id", "")
                .put("expire_time", Json.NULL)
                .put("explicit_max_ttl", 0)
                .put("id", credential.text())
                .put("meta", Json.NULL)
                .put("num_uses", 0)
                .put("orphan", true)
                .put("path", token.path())
                .put("policies", Json.of(token.policies()))
                .put("ttl", 0)
                .put("type", "service")
                .build();
    }
}
