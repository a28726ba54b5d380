// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.engine.Field;
import io.coffer.core.hcl.HclException;
import io.coffer.core.policy.StoredPolicy;
import io.coffer.core.request.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a request wants a policy to become.
final class PolicyRequest {
    private static final String WILDCARDS = "allow_wildcards_in_identity_templates";
    private static final String SLASHES = "allow_slashes_in_identity_templates";

    static final List<Field> EXTRAS = List.of(
            Field.duration("ttl", "How long from now all of it counts."),
            new Field("expiration", Field.Type.TIME, Optional.empty(), "Until when all of it counts."),
            Field.number("cas", "The version that it must have now; 0 or -1 if there must be none."),
            Field.flag("cas_required", "Whether every later write must say cas."),
            Field.flag(WILDCARDS, "Whether values of templates may hold '*' and '+'."),
            Field.flag(SLASHES, "Whether values of templates may hold '/'."));

    private final Values values;
    private final Instant now;

    PolicyRequest(Values values, Instant now) {
        this.values = values;
        this.now = now;
    }

    /// A policy, or what is wrong with it.
    sealed interface Outcome {
        record Good(StoredPolicy policy) implements Outcome {}

        record Bad(String error) implements Outcome {}
    }

    boolean usesRules() {
        return policy().isEmpty() && rules().isPresent();
    }

    /// A new text; what is not said is as it is for a new policy, save that whether later writes must say cas stays.
    Outcome written(Optional<StoredPolicy> before) {
        Optional<String> text = policy().or(this::rules);
        return text.isEmpty()
                ? new Outcome.Bad("'policy' parameter not supplied or empty")
                : made(decoded(text.get()), before, Optional.empty());
    }

    /// The same policy with what is said changed.
    Outcome patched(StoredPolicy before) {
        return made(
                policy().map(PolicyRequest::decoded).orElse(before.text()),
                Optional.of(before),
                Optional.of(before.extras()));
    }

    private Outcome made(String text, Optional<StoredPolicy> before, Optional<StoredPolicy.Extras> kept) {
        Optional<String> refusal = casRefusal(before.map(StoredPolicy::extras)).or(this::endRefusal);
        if (refusal.isPresent()) {
            return new Outcome.Bad(refusal.get());
        }
        boolean casRequired = flag("cas_required")
                .or(() -> before.map(found -> found.extras().casRequired()))
                .orElse(false);
        long version = before.map(found -> found.extras().version()).orElse(0L) + 1;
        StoredPolicy.Extras extras = new StoredPolicy.Extras(
                version,
                casRequired,
                now,
                end().or(() -> kept.flatMap(StoredPolicy.Extras::expiration)),
                flag(WILDCARDS)
                        .or(() -> kept.map(StoredPolicy.Extras::wildcards))
                        .orElse(false),
                flag(SLASHES).or(() -> kept.map(StoredPolicy.Extras::slashes)).orElse(false),
                casRequired
                        || EXTRAS.stream().anyMatch(field -> values.has(field.name()))
                        || kept.filter(StoredPolicy.Extras::shown).isPresent());
        try {
            return new Outcome.Good(StoredPolicy.of(text, extras));
        } catch (HclException wrong) {
            return new Outcome.Bad("failed to parse policy: " + wrong.getMessage());
        }
    }

    private Optional<String> casRefusal(Optional<StoredPolicy.Extras> before) {
        OptionalLong cas = values.number("cas");
        if (cas.isEmpty()) {
            return before.filter(StoredPolicy.Extras::casRequired).isPresent()
                    ? Optional.of("check-and-set parameter required for this call")
                    : Optional.empty();
        }
        long expected = before.map(StoredPolicy.Extras::version).orElse(0L);
        boolean matches = cas.getAsLong() == expected || cas.getAsLong() == -1 && expected == 0;
        return matches ? Optional.empty() : Optional.of("check-and-set parameter did not match the current version");
    }

    private Optional<String> endRefusal() {
        return values.has("ttl") && values.has("expiration")
                ? Optional.of("give one of 'ttl' and 'expiration'")
                : Optional.empty();
    }

    private Optional<Instant> end() {
        return values.duration("ttl")
                .filter(Duration::isPositive)
                .map(now::plus)
                .or(() -> values.text("expiration").flatMap(Timestamps::parse));
    }

    private Optional<Boolean> flag(String name) {
        return values.flag(name);
    }

    private Optional<String> policy() {
        return values.text("policy").filter(text -> !text.isEmpty());
    }

    private Optional<String> rules() {
        return values.text("rules").filter(text -> !text.isEmpty());
    }

    /// A text in base64 is one that was encoded: no policy has that form.
    static String decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException plain) {
            return text;
        }
    }
}
