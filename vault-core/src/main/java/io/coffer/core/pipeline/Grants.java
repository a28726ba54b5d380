// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.Cidr;
import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.identity.Entity;
import io.coffer.core.identity.Identities;
import io.coffer.core.identity.IdentityChanges;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.identity.LoginIdentity;
import io.coffer.core.lease.Lease;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.Mount;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.token.Lifetime;
import io.coffer.core.token.Parent;
import io.coffer.core.token.PolicyNames;
import io.coffer.core.token.Provenance;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the tokens that logins lead to, and the leases that engines give, in the transaction of their request.
public final class Grants {
    private static final Response SPENT = new Response.Invalid(
            "Secret cannot be returned; token had one use left, so leased credentials were immediately revoked.");

    private final TokenStore tokens;
    private final LeaseStore leases;

    public Grants(TokenStore tokens, LeaseStore leases) {
        this.tokens = tokens;
        this.leases = leases;
    }

    /// The answer with what was granted.
    Response make(Call call, BarrierWriter writer, Response.Granted granted) {
        return switch (granted.grant()) {
            case Grant.Login login -> login(call, writer, login, granted.warnings());
            case Grant.Lease lease -> lease(call, writer, lease, granted.warnings());
        };
    }

    private Response login(Call call, BarrierWriter writer, Grant.Login login, List<String> warnings) {
        Optional<List<Cidr>> bound = bound(call, login.terms());
        if (bound.isEmpty()) {
            return Response.Denied.PERMISSION;
        }
        List<String> policies =
                PolicyNames.canonical(login.policies(), !login.terms().noDefaultPolicy());
        String refusal = refusal(policies);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        Optional<IdentityName> alias = IdentityName.of(login.alias());
        if (alias.isEmpty()) {
            return new Response.Invalid("the login method knows its users by no proper names");
        }
        Entity entity = new LoginIdentity(
                        call.mount().accessor(),
                        alias.get(),
                        login.metadata(),
                        login.groups().map(Grants::names))
                .resolve(new IdentityChanges(writer, call.random(), call.now()));
        if (entity.disabled()) {
            return Response.Denied.PERMISSION;
        }
        Ttl.Terms life = login.terms().life();
        Ttl ttl = Ttl.of(life, bounds(call.mount()), call.now(), call.now()).orElseThrow();
        Token token =
                token(call, login, policies, entity, bound.get(), Lifetime.of(call.now(), ttl.granted(), life, true));
        List<String> all = new ArrayList<>(warnings);
        all.addAll(ttl.warnings());
        return switch (tokens.make(writer, token, tokens.newCredential(call.random()), call.random())) {
            case TokenStore.Outcome.Refused(String error) -> new Response.Invalid(error);
            case TokenStore.Outcome.Made(Credential credential, TokenStore.Found made) ->
                new Response.Authenticated(
                        made.token().told(Optional.of(credential), new Identities(writer).policiesOf(entity)),
                        Json.NULL,
                        all);
        };
    }

    /// Why no login leads to these policies; empty if one may.
    private static String refusal(List<String> policies) {
        if (policies.contains(Token.ROOT_POLICY)) {
            return "auth methods cannot create root tokens";
        }
        return policies.contains(PolicyName.RESPONSE_WRAPPING.value())
                ? "cannot assign policy \"" + PolicyName.RESPONSE_WRAPPING.value() + "\""
                : "";
    }

    /// The addresses that a token may be used from; nothing if nobody may log in from where this one does, or if the
    /// token is to be bound to an address and there is none, as on a Unix socket.
    private static Optional<List<Cidr>> bound(Call call, Grant.TokenTerms terms) {
        String address = call.request().incoming().origin().address();
        if (!terms.admits(address)) {
            return Optional.empty();
        }
        return terms.strict() ? Cidr.parse(address).map(List::of) : Optional.of(terms.bound());
    }

    private Token token(
            Call call, Grant.Login login, List<String> policies, Entity entity, List<Cidr> bound, Lifetime life) {
        boolean batch = isBatch(login.terms().type(), call.mount().login().tokenType());
        Lifetime fit = batch ? Lifetime.of(call.now(), life.creationTtl(), life.terms(), false) : life;
        return new Token(
                batch ? "" : tokens.newAccessor(call.random()),
                batch ? Token.Type.BATCH : Token.Type.SERVICE,
                policies,
                new Provenance(
                        call.request().incoming().path().value(),
                        displayName(call.mount(), login.displayName()),
                        "",
                        Optional.of(login.metadata()),
                        entity.id(),
                        login.facts()),
                new Parent.OfMount(call.mount().uuid()),
                fit,
                batch ? 0 : login.terms().uses(),
                bound);
    }

    /// What a role says, and where it says nothing, what its mount says.
    private static boolean isBatch(String byRole, String byMount) {
        String type =
                switch (byMount) {
                    case "service", "batch" -> byMount;
                    default -> byRole.equals("default") ? byMount : byRole;
                };
        return type.equals("batch") || type.equals("default-batch");
    }

    /// The path of the mount, with hyphens, and what the method calls him.
    private static String displayName(MountConfig mount, String name) {
        String path = mount.path().substring(Mount.AUTH.length()).replace('/', '-') + name;
        return path.endsWith("-") ? path.substring(0, path.length() - 1) : path;
    }

    private static Ttl.Bounds bounds(MountConfig mount) {
        return new Ttl.Bounds(mount.defaultTtl(), mount.maxTtl());
    }

    /// A lease whose token has done its last is over before the client has it.
    private Response lease(Call call, BarrierWriter writer, Grant.Lease asked, List<String> warnings) {
        Ttl.Terms terms = new Ttl.Terms(asked.ttl(), asked.max(), Duration.ZERO, Duration.ZERO);
        Ttl ttl = Ttl.of(terms, bounds(call.mount()), call.now(), call.now()).orElseThrow();
        Optional<Token> holder = call.request()
                .incoming()
                .credential()
                .flatMap(credential -> tokens.find(writer, credential, call.now()))
                .map(TokenStore.Found::token);
        boolean stored =
                holder.filter(token -> token.type() == Token.Type.SERVICE).isPresent();
        LeaseStore.Draft draft = new LeaseStore.Draft(
                call.request().incoming().path().value(),
                call.caller().id(),
                call.mount().uuid(),
                terms,
                asked.renewable(),
                asked.facts(),
                stored ? Optional.empty() : holder.flatMap(token -> token.life().expires()));
        Lease lease = leases.grant(writer, draft, ttl.granted(), call.random(), call.now());
        if (holder.filter(token -> token.uses() == Token.LAST_USE).isPresent()) {
            leases.end(writer, lease, call.now());
            return SPENT;
        }
        List<String> all = new ArrayList<>(warnings);
        all.addAll(ttl.warnings());
        return new Response.Leased(lease.id(), lease.renewable(), lease.secondsLeft(call.now()), asked.data(), all);
    }

    private static List<IdentityName> names(List<String> groups) {
        return groups.stream().flatMap(group -> IdentityName.of(group).stream()).toList();
    }
}
