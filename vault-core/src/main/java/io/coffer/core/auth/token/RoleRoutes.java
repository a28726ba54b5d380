// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.Cidr;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import io.coffer.core.token.PolicyNames;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `auth/token/roles`: under which names which tokens may be made.
final class RoleRoutes {
    private static final Pattern SUFFIX = Pattern.compile("\\w[\\w.-]+\\w");
    private static final Field[] FIELDS = {
        Field.texts("allowed_policies", "The policies that its tokens may have."),
        Field.texts("disallowed_policies", "The policies that its tokens may not have."),
        Field.texts("allowed_policies_glob", "Patterns of policies that its tokens may have."),
        Field.texts("disallowed_policies_glob", "Patterns of policies that its tokens may not have."),
        Field.flag("orphan", "Whether its tokens live on when the token that made them ends."),
        Field.flag("renewable", "Whether its tokens may be renewed; they may, if absent."),
        Field.text("path_suffix", "What the path of its tokens ends in."),
        Field.texts("allowed_entity_aliases", "The aliases, or patterns, that its tokens may be made for."),
        Field.signedDuration("token_period", "Its tokens live on as long as they are renewed this often."),
        Field.signedDuration("token_explicit_max_ttl", "How long its tokens live at most."),
        Field.texts("token_bound_cidrs", "The addresses that its tokens may be used from."),
        Field.text("token_type", "service, batch, default-service or default-batch."),
        Field.number("token_num_uses", "How many requests its tokens are good for at most; 0 for any number."),
        Field.flag("token_no_default_policy", "Whether its tokens go without the policy default."),
        Field.signedDuration("period", "An older name of token_period."),
        Field.signedDuration("explicit_max_ttl", "An older name of token_explicit_max_ttl."),
        Field.texts("bound_cidrs", "An older name of token_bound_cidrs.")
    };

    private RoleRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.reads("roles", Operation.LIST, "List the roles.", RoleRoutes::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads("roles/:role_name", Operation.READ, "Return a role.", RoleRoutes::read),
                Route.writes("roles/:role_name", Operation.UPDATE, "Make or change a role.", RoleRoutes::write)
                        .with(FIELDS)
                        .creates((call, reader) -> name(call)
                                .flatMap(name -> TokenRole.find(reader, call.mount(), name))
                                .isPresent()),
                Route.writes("roles/:role_name", Operation.DELETE, "Delete a role.", RoleRoutes::delete));
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return Listing.answer(call, reader, TokenRole.folder(call.mount()));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return named(
                call,
                name -> Response.found(
                        TokenRole.find(reader, call.mount(), name).map(RoleRoutes::describe)));
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return named(call, name -> {
            writer.delete(TokenRole.key(call.mount(), name));
            return Response.NO_CONTENT;
        });
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        Values values = call.request().values();
        return named(call, name -> unnamed(call).orElseGet(() -> {
            TokenRole before = TokenRole.find(writer, call.mount(), name).orElseGet(() -> TokenRole.fresh(name));
            return TokenFields.change(
                    before.rules(), values, rules -> store(call, writer, changed(before, rules, values)));
        }));
    }

    private static Optional<Response> unnamed(Call call) {
        return Stream.of("allowed_policies", "disallowed_policies")
                .flatMap(field -> call.request().values().strings(field).stream())
                .map(PolicyNames::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .<Response>map(Response.Invalid::new)
                .findFirst();
    }

    private static Response store(Call call, Writer<Plaintext> writer, TokenRole role) {
        String refusal = refusal(role);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        writer.put(TokenRole.key(call.mount(), role.name()), role.write());
        Duration most = call.mount().maxTtl();
        if (role.explicitMax().compareTo(most) > 0) {
            return new Response.Ok(
                    Json.NULL,
                    0,
                    List.of("Given explicit max TTL of " + role.explicitMax().toSeconds()
                            + " is greater than system/mount allowed value of " + most.toSeconds()
                            + " seconds; its tokens live no longer than that"));
        }
        return Response.NO_CONTENT;
    }

    private static TokenRole changed(TokenRole before, TokenRules rules, Values values) {
        TokenRole.Policies policies = before.policies();
        return new TokenRole(
                before.name(),
                new TokenRole.Policies(
                        policies(values, "allowed_policies", policies.allowed()),
                        policies(values, "disallowed_policies", policies.disallowed()),
                        names(values, "allowed_policies_glob", policies.allowedGlob()),
                        names(values, "disallowed_policies_glob", policies.disallowedGlob())),
                values.flag("orphan").orElse(before.orphan()),
                values.flag("renewable").orElse(before.renewable()),
                values.text("path_suffix").orElse(before.pathSuffix()),
                values.strings("allowed_entity_aliases").map(RoleRoutes::lower).orElse(before.entityAliases()),
                rules);
    }

    private static List<String> policies(Values values, String field, List<String> unchanged) {
        return values.strings(field)
                .map(names -> PolicyNames.canonical(names, false))
                .orElse(unchanged);
    }

    private static List<String> names(Values values, String field, List<String> unchanged) {
        return values.strings(field).map(RoleRoutes::lower).orElse(unchanged);
    }

    private static List<String> lower(List<String> names) {
        return names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static String refusal(TokenRole role) {
        String refused = "'token_type' cannot be 'batch' when role is set to generate ";
        if (!role.pathSuffix().isEmpty() && !SUFFIX.matcher(role.pathSuffix()).matches()) {
            return "given role path suffix contains invalid characters; must match " + SUFFIX;
        }
        if (role.policies().allowed().contains(PolicyName.RESPONSE_WRAPPING.value())) {
            return "cannot assign policy \"" + PolicyName.RESPONSE_WRAPPING.value() + "\"";
        }
        if (!role.rules().terms().type().equals("batch")) {
            return "";
        }
        if (!role.orphan()) {
            return refused + "non-orphan tokens";
        }
        if (role.renewable()) {
            return refused + "renewable tokens";
        }
        return role.explicitMax().isPositive() ? refused + "tokens with an explicit max TTL" : "";
    }

    private static Json describe(TokenRole role) {
        boolean period = role.rules().legacy().contains("period");
        boolean max = role.rules().legacy().contains("explicit_max_ttl");
        Json bound =
                Json.of(role.rules().terms().bound().stream().map(Cidr::text).toList());
        String type = role.rules().terms().type();
        Json.Builder data = Json.object()
                .put("allowed_entity_aliases", Json.of(role.entityAliases()))
                .put("allowed_policies", Json.of(role.policies().allowed()))
                .put("allowed_policies_glob", Json.of(role.policies().allowedGlob()))
                .put("disallowed_policies", Json.of(role.policies().disallowed()))
                .put("disallowed_policies_glob", Json.of(role.policies().disallowedGlob()))
                .put("explicit_max_ttl", max ? role.explicitMax().toSeconds() : 0)
                .put("name", role.name())
                .put("orphan", role.orphan())
                .put("path_suffix", role.pathSuffix())
                .put("period", period ? role.period().toSeconds() : 0)
                .put("renewable", role.renewable())
                .put("token_explicit_max_ttl", role.explicitMax().toSeconds())
                .put("token_no_default_policy", role.rules().terms().noDefaultPolicy())
                .put("token_period", role.period().toSeconds())
                .put("token_type", type.equals("default") ? "default-service" : type);
        if (!role.rules().terms().bound().isEmpty()) {
            data.put("token_bound_cidrs", bound);
        }
        if (role.rules().legacy().contains("bound_cidrs")) {
            data.put("bound_cidrs", bound);
        }
        if (role.rules().terms().uses() > 0) {
            data.put("token_num_uses", role.rules().terms().uses());
        }
        return data.build();
    }

    private static Response named(Call call, Function<String, Response> work) {
        return name(call).map(work).orElse(ItemName.UNSUPPORTED);
    }

    private static Optional<String> name(Call call) {
        return ItemName.of(call.request().values().captured("role_name"));
    }
}
