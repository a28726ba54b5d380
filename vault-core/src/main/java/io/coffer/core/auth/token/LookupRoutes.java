// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.Cidr;
import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.token.Lifetime;
import io.coffer.core.token.Provenance;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `auth/token/lookup*` and `accessors`: what is known of a token.
final class LookupRoutes {
    private static final String HELP = "Return what is known of a token; of the one that calls, if none is named.";
    private static final String SELF_HELP = "Return what is known of the token that calls.";

    /// A token and its indexes change together, so nothing is ever left; the answer is what clients expect.
    private static final Response TIDIED = new Response.Accepted(List.of("Tidy operation successfully started. A token"
            + " and its indexes change in one transaction here, so there is nothing to clear away."));

    private static final Response BAD_TOKEN = new Response.Denied("bad token");

    private final TokenStore tokens;

    LookupRoutes(TokenStore tokens) {
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.surveys("lookup-self", Operation.READ, SELF_HELP, this::self),
                Route.surveys("lookup-self", Operation.UPDATE, SELF_HELP, this::self),
                Route.surveys("lookup", Operation.READ, HELP, this::named).with(Named.TOKEN),
                Route.surveys("lookup", Operation.UPDATE, HELP, this::named).with(Named.TOKEN),
                Route.surveys(
                                "lookup-accessor",
                                Operation.UPDATE,
                                "Return what is known of the token with an accessor.",
                                this::accessed)
                        .with(Field.text("accessor", "The accessor of the token.")),
                Route.surveys("accessors", Operation.LIST, "List the accessors of all tokens.", this::accessors)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads("tidy", Operation.UPDATE, "Clear away what is left of tokens.", (call, reader) -> TIDIED));
    }

    private Response self(Call call, BarrierReader reader) {
        Credential credential = Named.caller(call);
        Optional<TokenStore.Found> found = tokens.find(reader, credential, call.now());
        return found.isPresent()
                ? told(reader, credential.text(), found.get(), call.now())
                : Response.Denied.PERMISSION;
    }

    private Response named(Call call, BarrierReader reader) {
        Optional<Credential> named = Named.token(call);
        if (named.isEmpty()) {
            return Named.isGiven(call) ? BAD_TOKEN : self(call, reader);
        }
        return tokens.find(reader, named.get(), call.now())
                .map(found -> told(reader, named.get().text(), found, call.now()))
                .orElse(BAD_TOKEN);
    }

    private Response accessors(Call call, BarrierReader reader) {
        return Listing.answer(call, reader, tokens.accessors());
    }

    private Response accessed(Call call, BarrierReader reader) {
        String accessor = call.request().values().text("accessor").orElse("");
        if (accessor.isEmpty()) {
            return Named.MISSING_ACCESSOR;
        }
        return tokens.findByAccessor(reader, accessor, call.now())
                .map(found -> told(reader, "", found, call.now()))
                .orElse(Named.INVALID_ACCESSOR);
    }

    /// @param id what stands for the token's text in the answer
    private static Response told(BarrierReader reader, String id, TokenStore.Found found, Instant now) {
        Token token = found.token();
        Provenance from = token.provenance();
        Lifetime life = token.life();
        Json.Builder data = Json.object()
                .put("accessor", token.accessor())
                .put("creation_time", life.created().getEpochSecond())
                .put("creation_ttl", life.creationTtl().toSeconds())
                .put("display_name", from.displayName())
                .put("entity_id", from.entityId())
                .put("expire_time", life.expires().map(LookupRoutes::moment).orElse(Json.NULL))
                .put("explicit_max_ttl", life.terms().explicitMax().toSeconds())
                .put("id", id)
                .put("meta", from.metadata().map(Json::ofTexts).orElse(Json.NULL))
                .put("num_uses", token.uses())
                .put("orphan", token.isOrphan())
                .put("path", from.path())
                .put("policies", Json.of(token.policies()))
                .put("ttl", life.secondsLeft(now))
                .put("type", token.type().wireName());
        List<String> identity = Rights.identity(reader, token);
        if (!identity.isEmpty()) {
            data.put("identity_policies", Json.of(identity));
        }
        return new Response.Ok(optional(token, data).build());
    }

    /// What stands in the answer only if it is there.
    private static Json.Builder optional(Token token, Json.Builder data) {
        Lifetime life = token.life();
        if (life.expires().isPresent()) {
            data.put("issue_time", moment(life.created())).put("renewable", life.renewable());
        }
        life.renewed().ifPresent(moment -> data.put("last_renewal", moment(moment))
                .put("last_renewal_time", moment.getEpochSecond()));
        if (!token.provenance().role().isEmpty()) {
            data.put("role", token.provenance().role());
        }
        if (life.terms().period().isPositive()) {
            data.put("period", life.terms().period().toSeconds());
        }
        if (!token.bound().isEmpty()) {
            data.put(
                    "bound_cidrs",
                    Json.of(token.bound().stream().map(Cidr::text).toList()));
        }
        return data;
    }

    private static Json moment(Instant moment) {
        return Json.of(Timestamps.format(moment));
    }
}
