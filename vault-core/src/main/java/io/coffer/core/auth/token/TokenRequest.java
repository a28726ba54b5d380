// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.engine.Field;
import io.coffer.core.request.Json;
import io.coffer.core.request.Values;
import io.coffer.core.token.PolicyNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is asked for when a token is to be made. Nothing in it has been granted yet.
///
/// @param id a text of the client's own choice; empty for one that is drawn
/// @param type as it was given; empty for none
record TokenRequest(
        String id,
        List<String> policies,
        Optional<Map<String, String>> metadata,
        Wishes wishes,
        Lengths lengths,
        String displayName,
        long uses,
        String type,
        String entityAlias) {

    static final Field[] FIELDS = {
        Field.text("id", "The text of the token; drawn at random, if absent."),
        Field.texts("policies", "Its policies; those of the token that calls, if absent."),
        Field.textMap("meta", "What is to be known of it."),
        Field.flag("no_parent", "Whether it lives on when the token that calls ends."),
        Field.flag("no_default_policy", "Whether it goes without the policy default."),
        Field.flag("renewable", "Whether it may be renewed.").or(Json.of(true)),
        Field.signedDuration("ttl", "How long it lives until it is renewed."),
        Field.signedDuration("lease", "An older name of ttl."),
        Field.signedDuration("explicit_max_ttl", "How long it lives at most."),
        Field.signedDuration("period", "It lives on as long as it is renewed this often."),
        Field.text("display_name", "What people call it."),
        Field.number("num_uses", "How many requests it is good for; 0 for any number."),
        Field.text("type", "service, or batch for one that is stored nowhere."),
        Field.text("entity_alias", "The alias of the entity that it is for; only with a role.")
    };

    /// What may be asked for by yes or no.
    record Wishes(boolean noParent, boolean noDefault, boolean renewable) {}

    /// What may be asked for in time; zero for nothing.
    record Lengths(Duration ttl, Duration explicitMax, Duration period) {}

    static TokenRequest of(Values values) {
        return new TokenRequest(
                values.text("id").orElse(""),
                values.strings("policies").orElse(List.of()),
                values.textMap("meta"),
                new Wishes(
                        values.flag("no_parent").orElse(false),
                        values.flag("no_default_policy").orElse(false),
                        values.flag("renewable").orElse(true)),
                new Lengths(
                        values.duration("ttl")
                                .or(() -> values.duration("lease"))
                                .orElse(Duration.ZERO),
                        values.duration("explicit_max_ttl").orElse(Duration.ZERO),
                        values.duration("period").orElse(Duration.ZERO)),
                values.text("display_name").orElse(""),
                values.number("num_uses").orElse(0),
                values.text("type").orElse(""),
                values.text("entity_alias").orElse(""));
    }

    /// What is wrong with it by itself; empty if nothing.
    ///
    /// @param batch whether it is to be a batch token
    String refusal(boolean batch) {
        if (uses < 0) {
            return "number of uses cannot be negative";
        }
        if (lengths.ttl().isNegative()) {
            return "ttl must be positive";
        }
        if (lengths.explicitMax().isNegative()) {
            return "explicit_max_ttl must be positive";
        }
        if (lengths.period().isNegative()) {
            return "period must be positive";
        }
        String unfit = lengths.explicitMax().isPositive()
                ? "explicit_max_ttl"
                : uses > 0 ? "num_uses" : lengths.period().isPositive() ? "period" : "";
        if (batch && !unfit.isEmpty()) {
            return "batch tokens cannot have \"" + unfit + "\" set";
        }
        String unnamed = PolicyNames.refusal(policies);
        return unnamed.isEmpty() ? idRefusal() : unnamed;
    }

    private String idRefusal() {
        for (String start : List.of("s.", "hvs.")) {
            if (id.startsWith(start)) {
                return "custom token ID cannot have the '" + start + "' prefix";
            }
        }
        if (id.indexOf('.') >= 0) {
            return "custom token ID cannot have a '.' in the value";
        }
        return "";
    }

    /// The name that people see: only letters, digits and `-`.
    String shownName() {
        String full = "token-" + displayName.replaceAll("[^a-zA-Z0-9-]", "-");
        return displayName.isEmpty() ? "token" : full.endsWith("-") ? full.substring(0, full.length() - 1) : full;
    }

    @Override
    public String toString() {
        return "TokenRequest";
    }
}
