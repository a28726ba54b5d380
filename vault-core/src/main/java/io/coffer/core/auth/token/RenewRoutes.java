// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.ScopedStorage;
import io.coffer.core.token.Parent;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `auth/token/renew*`: lets a token live on, by what its role or login method says now.
final class RenewRoutes {
    private static final Field INCREMENT =
            Field.duration("increment", "How long it is to live from now on; as long as the last time, if absent.");
    private static final Response NOT_FOUND = new Response.Invalid("token not found");

    private final TokenStore tokens;
    private final MountTable mounts;
    private final MountDefaults standard;

    RenewRoutes(TokenStore tokens, MountTable mounts, MountDefaults standard) {
        this.tokens = tokens;
        this.mounts = mounts;
        this.standard = standard;
    }

    /// What a token may live on by, or why it may not.
    private sealed interface Ground {
        record Good(Ttl.Terms terms, Ttl.Bounds mount) implements Ground {}

        record Bad(Response answer) implements Ground {}
    }

    List<Route> routes() {
        return List.of(
                Route.governs("renew", Operation.UPDATE, "Renew a token.", this::named)
                        .with(Named.TOKEN, INCREMENT),
                Route.governs("renew-self", Operation.UPDATE, "Renew the token that calls.", this::self)
                        .with(INCREMENT),
                Route.governs("renew-accessor", Operation.UPDATE, "Renew the token with an accessor.", this::accessed)
                        .with(Field.text("accessor", "The accessor of the token."), INCREMENT));
    }

    private Response named(Call call, BarrierWriter writer) {
        if (!Named.isGiven(call)) {
            return Named.MISSING;
        }
        Optional<Credential> credential = Named.token(call);
        return credential
                .flatMap(text -> tokens.find(writer, text, call.now()))
                .map(found -> renew(call, writer, found, credential))
                .orElse(NOT_FOUND);
    }

    private Response self(Call call, BarrierWriter writer) {
        Credential credential = Named.caller(call);
        return tokens.find(writer, credential, call.now())
                .map(found -> renew(call, writer, found, Optional.of(credential)))
                .orElse(Response.Denied.PERMISSION);
    }

    private Response accessed(Call call, BarrierWriter writer) {
        String accessor = call.request().values().text("accessor").orElse("");
        if (accessor.isEmpty()) {
            return Named.MISSING_ACCESSOR;
        }
        return tokens.findByAccessor(writer, accessor, call.now())
                .map(found -> renew(call, writer, found, Optional.empty()))
                .orElse(Named.INVALID_ACCESSOR);
    }

    private Response renew(Call call, BarrierWriter writer, TokenStore.Found found, Optional<Credential> credential) {
        Token token = found.token();
        if (token.type() == Token.Type.BATCH) {
            return new Response.Invalid("batch tokens cannot be renewed");
        }
        if (token.life().expires().isEmpty()) {
            return new Response.Invalid("invalid lease ID");
        }
        if (!token.life().renewable()) {
            return new Response.Invalid("lease is not renewable");
        }
        return switch (ground(call, writer, token)) {
            case Ground.Bad(Response answer) -> answer;
            case Ground.Good(Ttl.Terms terms, Ttl.Bounds mount) -> {
                Duration increment =
                        call.request().values().duration("increment").orElse(Duration.ZERO);
                Duration asked = increment.isPositive() ? increment : terms.ttl();
                Optional<Ttl> ttl =
                        Ttl.of(terms.withTtl(asked), mount, token.life().created(), call.now());
                if (ttl.isEmpty()) {
                    yield failed("past the max TTL, cannot renew");
                }
                Token longer =
                        token.with(token.life().renewed(call.now(), ttl.get().granted(), terms));
                tokens.change(writer, found, longer);
                yield new Response.Authenticated(
                        longer.told(credential, Rights.identity(writer, longer)),
                        Json.NULL,
                        ttl.get().warnings());
            }
        };
    }

    private Ground ground(Call call, BarrierReader reader, Token token) {
        if (token.parent() instanceof Parent.OfMount(String uuid)) {
            return login(call, reader, token, uuid);
        }
        Ttl.Terms terms = token.life().terms();
        Ttl.Bounds mount =
                new Ttl.Bounds(call.mount().defaultTtl(), call.mount().maxTtl());
        String role = token.provenance().role();
        if (role.isEmpty()) {
            return new Ground.Good(terms, mount);
        }
        return TokenRole.find(ScopedStorage.reader(reader, call.mount().folder()), call.mount(), role)
                .<Ground>map(found -> new Ground.Good(
                        new Ttl.Terms(
                                terms.ttl(),
                                terms.max(),
                                found.stricterExplicitMax(terms.explicitMax()),
                                found.period()),
                        mount))
                .orElseGet(() -> new Ground.Bad(
                        failed("original token role \"" + role + "\" could not be found, not renewing")));
    }

    private Ground login(Call call, BarrierReader reader, Token token, String uuid) {
        Optional<Mounts.Served> served = mounts.read(reader).withUuid(uuid);
        if (served.isEmpty() || !(served.get().engine() instanceof LoginEngine engine)) {
            return new Ground.Bad(failed("the login method of this token is gone, not renewing"));
        }
        MountConfig mount = served.get().mount().config(standard);
        return switch (engine.renewal(
                ScopedStorage.reader(reader, mount.folder()),
                new LoginEngine.Guest(
                        token.provenance().login(),
                        token.policies(),
                        call.request().incoming().origin(),
                        call.now()))) {
            case LoginEngine.Renewal.Granted(var terms) ->
                new Ground.Good(terms.life(), new Ttl.Bounds(mount.defaultTtl(), mount.maxTtl()));
            case LoginEngine.Renewal.Refused(String error) -> new Ground.Bad(failed(error));
        };
    }

    private static Response failed(String error) {
        return new Response.Failed(Response.wrapped(error));
    }
}
