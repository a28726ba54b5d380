// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.policy.PolicyName;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The policies of a token in their one form: canonical names, sorted, each once. Where `root` is, there is nothing
/// else.
public final class PolicyNames {
    private PolicyNames() {}

    /// Why one of the texts names no policy; empty if each does. Empty texts are nothing.
    public static String refusal(Collection<String> texts) {
        return texts.stream()
                .filter(text -> !text.isEmpty())
                .map(PolicyName::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// @param texts of which {@link #refusal} refuses none
    /// @param withDefault whether `default` is added
    public static List<String> canonical(Collection<String> texts, boolean withDefault) {
        TreeSet<PolicyName> names = new TreeSet<>();
        texts.stream().filter(text -> !text.isEmpty()).map(PolicyName::of).forEach(names::add);
        if (names.contains(PolicyName.ROOT)) {
            return List.of(Token.ROOT_POLICY);
        }
        if (withDefault) {
            names.add(PolicyName.DEFAULT);
        }
        return names.stream().map(PolicyName::value).toList();
    }
}
