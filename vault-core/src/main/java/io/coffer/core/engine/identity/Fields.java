// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.engine.Field;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields that several nouns share, and what is asked of them.
final class Fields {
    static final Field ID = Field.text("id", "The id; to change what is there.");
    static final Field NAME = Field.text("name", "The name; made up if not given. Letters' case makes no difference.");
    static final Field METADATA = Field.textMap("metadata", "Texts by name; they replace what is there.");
    static final Field POLICIES = Field.texts("policies", "Names of policies; they replace what is there.");
    static final Field CUSTOM = Field.textMap("custom_metadata", "Texts by name to keep beside the alias.");
    static final Field ACCESSOR = Field.text("mount_accessor", "The accessor of the login mount.");

    private static final int MOST_TEXTS = 64;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 512;

    private Fields() {}

    /// What is wrong with the shared fields of a request; empty if nothing is.
    static Optional<String> refusal(Values values) {
        return values.text("name")
                .filter(name -> !name.isEmpty())
                .map(Fields::nameRefusal)
                .filter(refusal -> !refusal.isEmpty())
                .or(() -> policiesRefusal(values.strings("policies").orElse(List.of())))
                .or(() -> values.textMap("metadata").flatMap(texts -> refusal("metadata", texts)));
    }

    /// What is wrong with texts that a client wants kept; empty if nothing is.
    static Optional<String> refusal(String field, Map<String, String> texts) {
        if (texts.size() > MOST_TEXTS) {
            return Optional.of(field + " has at most " + MOST_TEXTS + " texts");
        }
        boolean fit = texts.entrySet().stream()
                .allMatch(text -> !text.getKey().isEmpty()
                        && text.getKey().length() <= LONGEST_NAME
                        && text.getValue().length() <= LONGEST_TEXT);
        return fit
                ? Optional.empty()
                : Optional.of(field + " has names of 1 to " + LONGEST_NAME + " and texts of at most " + LONGEST_TEXT
                        + " characters");
    }

    /// The name that the request gives to an entity or group; empty if it gives none.
    static Optional<IdentityName> name(Values values) {
        return values.text("name").filter(name -> !name.isEmpty()).flatMap(IdentityName::segment);
    }

    /// An id; empty if there is none.
    static Optional<String> id(Values values, String field) {
        return values.text(field).filter(id -> !id.isEmpty());
    }

    /// Policies in their one form, each once, in their order.
    static Optional<List<PolicyName>> policies(Values values) {
        return values.strings("policies").map(given -> given.stream()
                .filter(name -> !name.isEmpty())
                .map(PolicyName::of)
                .distinct()
                .toList());
    }

    private static String nameRefusal(String name) {
        String refusal = IdentityName.refusal(name);
        return refusal.isEmpty() && name.contains("/") ? "a name holds no '/'" : refusal;
    }

    private static Optional<String> policiesRefusal(List<String> policies) {
        for (String policy : policies) {
            String refusal = policy.isEmpty() ? "" : PolicyName.refusal(policy);
            if (!refusal.isEmpty()) {
                return Optional.of("policies: " + refusal);
            }
            PolicyName name = policy.isEmpty() ? PolicyName.DEFAULT : PolicyName.of(policy);
            if (name.isRoot() || name.equals(PolicyName.RESPONSE_WRAPPING)) {
                return Optional.of("policies cannot contain " + name);
            }
        }
        return Optional.empty();
    }
}
