// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.Cidr;
import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.identity.Entity;
import io.coffer.core.identity.IdentityChanges;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.identity.LoginIdentity;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.token.Lifetime;
import io.coffer.core.token.Parent;
import io.coffer.core.token.Provenance;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The making of one token for one that calls.
final class Creation {
    private static final String OWN_ID = "A token whose text you chose is as hard to guess as you made it, and servers"
            + " that keep such ones as SHA1 (this one does not) make it easier; leave out id to have one drawn at random.";

    private final TokenStore tokens;
    private final Rights rights;
    private final Call call;
    private final TokenStore.Found maker;
    private final Plan plan;

    /// What is to be made.
    ///
    /// @param role whose rules hold
    /// @param orphan whether the path says that it lives on without its maker
    record Plan(TokenRequest request, Optional<TokenRole> role, boolean orphan) {
        boolean batch() {
            String byRole = role.map(each -> each.rules().terms().type()).orElse("default");
            return switch (byRole) {
                case "service" -> false;
                case "batch" -> true;
                case "default-batch" -> !request.type().equals("service");
                default -> request.type().equals("batch");
            };
        }

        String refusal() {
            boolean known = List.of("", "service", "batch").contains(request.type());
            return known ? request.refusal(batch()) : "invalid 'token_type' value";
        }
    }

    Creation(TokenStore tokens, Rights rights, Call call, TokenStore.Found maker, Plan plan) {
        this.tokens = tokens;
        this.rights = rights;
        this.call = call;
        this.maker = maker;
        this.plan = plan;
    }

    Response run(BarrierWriter writer) {
        boolean sudo = Rights.sudo(call);
        String refusal = refusal(sudo);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        return switch (new ChildPolicies(plan.request(), maker.token(), plan.role(), sudo).resolve()) {
            case ChildPolicies.Outcome.Bad(String error) -> new Response.Invalid(error);
            case ChildPolicies.Outcome.Good(List<String> policies) -> make(writer, policies);
        };
    }

    private String refusal(boolean sudo) {
        TokenRequest request = plan.request();
        if (maker.token().type() == Token.Type.BATCH) {
            return "batch tokens cannot create more tokens";
        }
        if (maker.token().isCounted()) {
            return "restricted use token cannot generate child tokens";
        }
        String unfit = plan.refusal().isEmpty() ? aliasRefusal() : plan.refusal();
        if (sudo || !unfit.isEmpty()) {
            return unfit;
        }
        String refused = "root or sudo privileges required to ";
        if (!request.id().isEmpty()) {
            return refused + "specify token id";
        }
        if (request.wishes().noParent() && plan.role().isEmpty()) {
            return refused + "create orphan token";
        }
        return request.lengths().period().isPositive() ? refused + "create periodic token" : "";
    }

    private String aliasRefusal() {
        String written = plan.request().entityAlias();
        if (written.isEmpty()) {
            return "";
        }
        if (plan.role().isEmpty()) {
            return "'entity_alias' is only allowed in combination with token role";
        }
        List<String> allowed = plan.role().get().entityAliases();
        return IdentityName.of(written)
                        .filter(name -> allowed.stream().anyMatch(pattern -> Glob.matches(pattern, name.text())))
                        .isPresent()
                ? ""
                : "invalid 'entity_alias' value";
    }

    private Response make(BarrierWriter writer, List<String> policies) {
        if (plan.batch() && policies.contains(Token.ROOT_POLICY)) {
            return new Response.Invalid("batch tokens cannot be root tokens");
        }
        List<String> warnings = new ArrayList<>();
        Optional<Lifetime> life = life(policies.contains(Token.ROOT_POLICY), warnings);
        if (life.isEmpty()) {
            return new Response.Invalid("expiring root tokens cannot create non-expiring root tokens");
        }
        Optional<Credential> chosen = Credential.parse(plan.request().id());
        if (!plan.request().id().isEmpty()) {
            if (chosen.isEmpty()) {
                return new Response.Invalid("custom token ID must be printable ASCII without spaces");
            }
            warnings.add(OWN_ID);
        }
        Optional<String> entity = entity(writer);
        if (entity.isEmpty()) {
            return Response.Denied.PERMISSION;
        }
        Credential credential = chosen.orElseGet(() -> tokens.newCredential(call.random()));
        return switch (tokens.make(writer, token(policies, life.get(), entity.get()), credential, call.random())) {
            case TokenStore.Outcome.Refused(String error) -> new Response.Invalid(error);
            case TokenStore.Outcome.Made(Credential text, TokenStore.Found made) -> {
                warnings.addAll(rights.warnings(writer, policies));
                yield new Response.Authenticated(
                        made.token().told(Optional.of(text), Rights.identity(writer, made.token())),
                        Json.NULL,
                        warnings);
            }
        };
    }

    /// How long it lives; empty if one that ends would make one that does not.
    private Optional<Lifetime> life(boolean root, List<String> warnings) {
        TokenRequest.Lengths asked = plan.request().lengths();
        Duration explicitMax = shorter(asked.explicitMax(), plan.role().map(TokenRole::explicitMax));
        Duration period = shorter(asked.period(), plan.role().map(TokenRole::period));
        Ttl.Terms terms = new Ttl.Terms(asked.ttl(), Duration.ZERO, explicitMax, period);
        boolean renewable = plan.request().wishes().renewable()
                && !plan.batch()
                && plan.role().map(TokenRole::renewable).orElse(true);
        if (root && asked.ttl().isZero() && period.isZero()) {
            if (explicitMax.isPositive()) {
                return Optional.of(Lifetime.of(call.now(), explicitMax, terms, renewable));
            }
            return maker.token().life().expires().isPresent()
                    ? Optional.empty()
                    : Optional.of(Lifetime.forever(call.now()));
        }
        Ttl.Bounds mount =
                new Ttl.Bounds(call.mount().defaultTtl(), call.mount().maxTtl());
        Ttl ttl = Ttl.of(terms, mount, call.now(), call.now()).orElseThrow();
        warnings.addAll(ttl.warnings());
        return Optional.of(Lifetime.of(call.now(), ttl.granted(), terms, renewable));
    }

    private boolean orphan() {
        return plan.role().map(TokenRole::orphan).orElse(plan.orphan())
                || plan.role().isEmpty() && plan.request().wishes().noParent();
    }

    /// The entity that it belongs to: whoever has the alias, or its maker's unless it stands for itself. Empty if
    /// that one is disabled.
    private Optional<String> entity(BarrierWriter writer) {
        Optional<IdentityName> alias = IdentityName.of(plan.request().entityAlias());
        if (alias.isEmpty()) {
            return Optional.of(orphan() ? "" : maker.token().provenance().entityId());
        }
        IdentityChanges changes = new IdentityChanges(writer, call.random(), call.now());
        Entity entity =
                new LoginIdentity(call.mount().accessor(), alias.get(), Map.of(), Optional.empty()).resolve(changes);
        return entity.disabled() ? Optional.empty() : Optional.of(entity.id());
    }

    private Token token(List<String> policies, Lifetime life, String entity) {
        return new Token(
                plan.batch() ? "" : tokens.newAccessor(call.random()),
                plan.batch() ? Token.Type.BATCH : Token.Type.SERVICE,
                policies,
                provenance(entity),
                orphan() ? Parent.NONE : new Parent.OfToken(maker.id()),
                life,
                uses(),
                life.expires().isEmpty() ? List.of() : bound());
    }

    private Provenance provenance(String entity) {
        String suffix = plan.role().map(TokenRole::pathSuffix).orElse("");
        String path = call.request().incoming().path().value() + (suffix.isEmpty() ? "" : "/" + suffix);
        return new Provenance(
                path,
                plan.request().shownName(),
                plan.role().map(TokenRole::name).orElse(""),
                plan.request().metadata(),
                entity,
                Map.of());
    }

    private List<Cidr> bound() {
        return plan.role()
                .map(role -> role.rules().terms().bound())
                .orElse(orphan() ? List.of() : maker.token().bound());
    }

    private long uses() {
        long byRole = plan.batch()
                ? 0
                : plan.role().map(role -> role.rules().terms().uses()).orElse(0L);
        long asked = plan.request().uses();
        return asked == 0 ? byRole : byRole == 0 ? asked : Math.min(asked, byRole);
    }

    private Duration shorter(Duration asked, Optional<Duration> byRole) {
        Duration other = plan.batch() ? Duration.ZERO : byRole.orElse(Duration.ZERO);
        boolean mine = other.isZero() || asked.isPositive() && asked.compareTo(other) < 0;
        return mine ? asked : other;
    }
}
