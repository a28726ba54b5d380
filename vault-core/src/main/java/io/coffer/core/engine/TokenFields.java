// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Cidr;
import io.coffer.core.Ttl;
import io.coffer.core.request.Grant.TokenTerms;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.token.PolicyNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The fields `token_*` of a request, and their older names, which count where the newer one is absent.
public final class TokenFields {
    private static final Set<String> TYPES = Set.of("default", "service", "batch", "default-service", "default-batch");

    private static final List<Field> ALL = List.of(
            Field.texts("token_policies", "The policies of its tokens."),
            Field.signedDuration("token_ttl", "How long its tokens live until they are renewed."),
            Field.signedDuration("token_max_ttl", "How long its tokens live at most."),
            Field.signedDuration("token_explicit_max_ttl", "The same, and binding also for periodic tokens."),
            Field.signedDuration("token_period", "Its tokens live on as long as they are renewed this often."),
            Field.texts("token_bound_cidrs", "The addresses that its tokens may be used from."),
            Field.flag("token_strictly_bind_ip", "Whether each is bound to the address of its login."),
            Field.flag("token_no_default_policy", "Whether its tokens go without the policy default."),
            Field.number("token_num_uses", "How many requests its tokens are good for; 0 for any number."),
            Field.text("token_type", "default, service, batch, default-service or default-batch."),
            Field.texts("policies", "An older name of token_policies."),
            Field.signedDuration("ttl", "An older name of token_ttl."),
            Field.signedDuration("max_ttl", "An older name of token_max_ttl."),
            Field.signedDuration("period", "An older name of token_period."),
            Field.number("num_uses", "An older name of token_num_uses."),
            Field.texts("bound_cidrs", "An older name of token_bound_cidrs."));

    private final TokenRules before;
    private final Values values;
    private final Set<String> legacy;
    private final List<String> refusals = new ArrayList<>();

    private TokenFields(TokenRules before, Values values) {
        this.before = before;
        this.values = values;
        this.legacy = new HashSet<>(before.legacy());
    }

    /// The fields of a method's own, and after them those that every method takes.
    public static Field[] with(Field... own) {
        return Stream.concat(Stream.of(own), ALL.stream()).toArray(Field[]::new);
    }

    /// Answers with the work's answer for the rules with what a request changes of them, or says why they cannot be.
    public static Response change(TokenRules before, Values values, Function<TokenRules, Response> work) {
        TokenFields fields = new TokenFields(before, values);
        TokenRules after = fields.after();
        fields.check(after.terms());
        return fields.refusals.isEmpty() ? work.apply(after) : new Response.Invalid(fields.refusals.getFirst());
    }

    private TokenRules after() {
        Ttl.Terms life = before.terms().life();
        TokenTerms terms = new TokenTerms(
                new Ttl.Terms(
                        length("ttl", life.ttl()),
                        length("max_ttl", life.max()),
                        length("explicit_max_ttl", life.explicitMax()),
                        length("period", life.period())),
                bound(),
                values.flag("token_no_default_policy").orElse(before.terms().noDefaultPolicy()),
                type(),
                uses(),
                values.flag("token_strictly_bind_ip").orElse(before.terms().strict()));
        List<String> policies = field("policies").flatMap(values::strings).orElse(before.policies());
        String unnamed = PolicyNames.refusal(policies);
        if (!unnamed.isEmpty()) {
            refusals.add(unnamed);
        }
        return new TokenRules(policies, terms, legacy);
    }

    /// The name under which a field is given, if it is; remembers whether that is the older one.
    private Optional<String> field(String name) {
        if (values.has("token_" + name)) {
            legacy.remove(name);
            return Optional.of("token_" + name);
        }
        if (values.has(name)) {
            legacy.add(name);
            return Optional.of(name);
        }
        return Optional.empty();
    }

    private Duration length(String name, Duration unchanged) {
        Duration length = field(name).flatMap(values::duration).orElse(unchanged);
        if (length.isNegative()) {
            refusals.add("'token_" + name + "' cannot be negative");
            return Duration.ZERO;
        }
        return length;
    }

    private List<Cidr> bound() {
        Optional<List<String>> given = field("bound_cidrs").flatMap(values::strings);
        if (given.isEmpty()) {
            return before.terms().bound();
        }
        List<Cidr> blocks =
                given.get().stream().flatMap(text -> Cidr.parse(text).stream()).toList();
        if (blocks.size() != given.get().size()) {
            refusals.add("'token_bound_cidrs' must hold IP addresses or CIDR blocks");
        }
        return blocks;
    }

    private String type() {
        String type = values.text("token_type").orElse(before.terms().type());
        if (!type.isEmpty() && !TYPES.contains(type)) {
            refusals.add("invalid 'token_type' value; give one of default, service, batch, default-service and"
                    + " default-batch");
        }
        return type.isEmpty() ? "default" : type;
    }

    private long uses() {
        long uses = field("num_uses").isPresent()
                ? values.number(values.has("token_num_uses") ? "token_num_uses" : "num_uses")
                        .orElse(0)
                : before.terms().uses();
        if (uses < 0) {
            refusals.add("'token_num_uses' cannot be negative");
        }
        return uses;
    }

    private void check(TokenTerms terms) {
        if (terms.strict() && !terms.bound().isEmpty()) {
            refusals.add("'token_strictly_bind_ip' cannot be set together with 'token_bound_cidrs'");
        }
        Ttl.Terms life = terms.life();
        if (life.max().isPositive() && life.ttl().compareTo(life.max()) > 0) {
            refusals.add("'token_ttl' cannot be greater than 'token_max_ttl'");
        }
        if (terms.type().equals("batch") || terms.type().equals("default-batch")) {
            String refused = "'token_type' cannot be 'batch' or 'default_batch' when set to generate ";
            if (life.period().isPositive()) {
                refusals.add(refused + "periodic tokens");
            }
            if (terms.uses() > 0) {
                refusals.add(refused + "tokens with limited use count");
            }
        }
    }
}
