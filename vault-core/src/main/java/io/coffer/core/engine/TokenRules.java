// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Cidr;
import io.coffer.core.CorruptedException;
import io.coffer.core.Ttl;
import io.coffer.core.request.Grant.TokenTerms;
import io.coffer.core.request.Json;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.token.PolicyNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a role or user of a login method says of the tokens that it leads to: the fields `token_*`.
///
/// @param policies as they were given
/// @param legacy the older names, without `token_`, that were used last and so are shown too
public record TokenRules(List<String> policies, TokenTerms terms, Set<String> legacy) {
    /// What nobody has set.
    public static final TokenRules NONE =
            new TokenRules(List.of(), new TokenTerms(Ttl.Terms.NONE, List.of(), false, "default", 0, false), Set.of());

    public TokenRules {
        policies = List.copyOf(policies);
        legacy = Set.copyOf(legacy);
    }

    /// Whether a token that has these policies may live on: only as long as a new one would get the same.
    public LoginEngine.Renewal renewal(List<String> has) {
        return PolicyNames.canonical(policies, !terms.noDefaultPolicy()).equals(has)
                ? new LoginEngine.Renewal.Granted(terms)
                : new LoginEngine.Renewal.Refused("policies have changed, not renewing");
    }

    /// How they are read back.
    public Json.Builder describe(Json.Builder data) {
        Json.Builder described = data.put("token_bound_cidrs", bound())
                .put("token_explicit_max_ttl", terms.life().explicitMax().toSeconds())
                .put("token_max_ttl", terms.life().max().toSeconds())
                .put("token_no_default_policy", terms.noDefaultPolicy())
                .put("token_num_uses", terms.uses())
                .put("token_period", terms.life().period().toSeconds())
                .put("token_policies", Json.of(policies))
                .put("token_strictly_bind_ip", terms.strict())
                .put("token_ttl", terms.life().ttl().toSeconds())
                .put("token_type", terms.type());
        new TreeSet<>(legacy).forEach(name -> described.put(name, legacy(name)));
        return described;
    }

    private Json legacy(String name) {
        return switch (name) {
            case "policies" -> Json.of(policies);
            case "bound_cidrs" -> bound();
            case "ttl" -> Json.of(terms.life().ttl().toSeconds());
            case "max_ttl" -> Json.of(terms.life().max().toSeconds());
            case "period" -> Json.of(terms.life().period().toSeconds());
            case "explicit_max_ttl" -> Json.of(terms.life().explicitMax().toSeconds());
            case "num_uses" -> Json.of(terms.uses());
            default -> throw new IllegalStateException("no older name is " + name);
        };
    }

    private Json bound() {
        return Json.of(terms.bound().stream().map(Cidr::text).toList());
    }

    /// Adds them to a record.
    public Json.Builder write(Json.Builder record) {
        Json.Builder written = record.put("policies", Json.of(policies))
                .put("bound", bound())
                .put("no_default", terms.noDefaultPolicy())
                .put("type", terms.type())
                .put("uses", terms.uses())
                .put("ttl", terms.life().ttl().toSeconds())
                .put("max_ttl", terms.life().max().toSeconds())
                .put("explicit_max_ttl", terms.life().explicitMax().toSeconds())
                .put("period", terms.life().period().toSeconds())
                .put("legacy", Json.of(List.copyOf(new TreeSet<>(legacy))));
        return terms.strict() ? written.put("strict", 1) : written;
    }

    /// Takes them out of a record.
    public static TokenRules read(StoredRecord stored) {
        return new TokenRules(
                stored.texts("policies"),
                new TokenTerms(
                        new Ttl.Terms(
                                Duration.ofSeconds(stored.number("ttl")),
                                Duration.ofSeconds(stored.number("max_ttl")),
                                Duration.ofSeconds(stored.number("explicit_max_ttl")),
                                Duration.ofSeconds(stored.number("period"))),
                        stored.texts("bound").stream().map(TokenRules::cidr).toList(),
                        stored.flag("no_default"),
                        stored.text("type"),
                        stored.number("uses"),
                        stored.optionalNumber("strict").orElse(0) == 1),
                Set.copyOf(stored.texts("legacy")));
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text)
                .orElseThrow(() -> new CorruptedException("a role binds to something that is no address"));
    }
}
