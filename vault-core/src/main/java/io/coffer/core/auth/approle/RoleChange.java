// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.Cidr;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Grant.TokenTerms;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes or changes a role as a request wants it, whole or not at all.
final class RoleChange {
    static final Field[] FIELDS = TokenFields.with(
            Field.flag("bind_secret_id", "Whether a login needs a secret id; it does, if absent."),
            Field.texts("secret_id_bound_cidrs", "The addresses that secret ids may be used from."),
            Field.texts("bound_cidr_list", "An older name of secret_id_bound_cidrs."),
            Field.number("secret_id_num_uses", "How many logins a secret id is good for."),
            Field.duration("secret_id_ttl", "How long a secret id lives."),
            Field.flag("local_secret_ids", "Read back only; said when a role is made."),
            Field.text("role_id", "What logins name it by; drawn at random, if absent."));

    private static final int LONGEST_ID = 512;

    private final Optional<Role> before;
    private final Role base;
    private final Values values;

    private RoleChange(Optional<Role> before, Role base, Values values) {
        this.before = before;
        this.base = base;
        this.values = values;
    }

    /// @param before the role that is there
    static Response run(Call call, Writer<Plaintext> writer, String name, Optional<Role> before, Values values) {
        RoleChange change = new RoleChange(before, before.orElseGet(() -> Role.fresh(name, call)), values);
        String refusal = change.refusal();
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        return TokenFields.change(change.base.rules(), values, rules -> change.store(call, writer, rules));
    }

    private Response store(Call call, Writer<Plaintext> writer, TokenRules given) {
        TokenRules rules = plain(given);
        Role role = changed(rules);
        if (!role.secrets().bound()
                && role.secrets().cidrs().isEmpty()
                && rules.terms().bound().isEmpty()) {
            return new Response.Failed(Response.wrapped("at least one constraint should be enabled on the role"));
        }
        if (!role.save(writer, call.mount().folder())) {
            return new Response.Failed(Response.wrapped("role_id already in use"));
        }
        String type = given.terms().type();
        return rules.equals(given)
                ? Response.NO_CONTENT
                : new Response.Ok(
                        Json.NULL,
                        0,
                        List.of(type + " has no useful meaning; adjusting to "
                                + rules.terms().type()));
    }

    private String refusal() {
        if (before.isPresent() && values.flag("local_secret_ids").isPresent()) {
            boolean same = values.flag("local_secret_ids").get() == before.get().local();
            if (!same) {
                return "local_secret_ids can only be modified during role creation";
            }
        }
        if (values.number("secret_id_num_uses").orElse(0) < 0) {
            return "secret_id_num_uses cannot be negative";
        }
        if (cidrs().filter(blocks -> blocks.size() != given().orElseThrow().size())
                .isPresent()) {
            return "invalid CIDR blocks";
        }
        Optional<String> roleId = values.text("role_id");
        return roleId.filter(id -> !id.equals(id.strip()) || id.length() > LONGEST_ID)
                        .isPresent()
                ? "role_id must be at most " + LONGEST_ID + " characters without blanks at its ends"
                : "";
    }

    private Optional<List<String>> given() {
        return values.strings("secret_id_bound_cidrs").or(() -> values.strings("bound_cidr_list"));
    }

    private Optional<List<Cidr>> cidrs() {
        return given().map(texts ->
                texts.stream().flatMap(text -> Cidr.parse(text).stream()).toList());
    }

    private Role changed(TokenRules rules) {
        Role.Secrets secrets = base.secrets();
        return new Role(
                base.name(),
                base.uid(),
                values.text("role_id").filter(id -> !id.isEmpty()).orElse(base.roleId()),
                new Role.Secrets(
                        values.flag("bind_secret_id").orElse(secrets.bound()),
                        cidrs().orElse(secrets.cidrs()),
                        values.number("secret_id_num_uses").orElse(secrets.uses()),
                        values.duration("secret_id_ttl").orElse(secrets.ttl())),
                values.flag("local_secret_ids").orElse(base.local()),
                rules);
    }

    /// A role has no requests that could ask for another type, so a default is all there is.
    private static TokenRules plain(TokenRules rules) {
        TokenTerms terms = rules.terms();
        String type =
                switch (terms.type()) {
                    case "default-service" -> "service";
                    case "default-batch" -> "batch";
                    default -> terms.type();
                };
        return new TokenRules(
                rules.policies(),
                new TokenTerms(
                        terms.life(), terms.bound(), terms.noDefaultPolicy(), type, terms.uses(), terms.strict()),
                rules.legacy());
    }

    /// How a role is read back; its role id has an endpoint of its own.
    static Json.Obj describe(Role role) {
        Json.Builder data = Json.object()
                .put("bind_secret_id", role.secrets().bound())
                .put("local_secret_ids", role.local())
                .put("secret_id_bound_cidrs", Role.texts(role.secrets().cidrs()))
                .put("secret_id_num_uses", role.secrets().uses())
                .put("secret_id_ttl", role.secrets().ttl().toSeconds());
        return role.rules().describe(data).build();
    }

    /// What the request gives, without what the property of a path does not take.
    static Values only(Values values, List<String> names) {
        Map<String, Json> kept = new HashMap<>(values.fields());
        kept.keySet().retainAll(names);
        return new Values(kept, Map.of());
    }
}
