// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// The policies of a token in their one form: lower-case, sorted, each once. Where `root` is, there is nothing else.
public final class PolicyNames {
    /// The policy that most tokens have.
    public static final String DEFAULT = "default";

    /// The policy of wrapping tokens, which nobody else gets.
    public static final String RESPONSE_WRAPPING = "response-wrapping";

    private PolicyNames() {}

    /// @param withDefault whether `default` is added
    public static List<String> canonical(Collection<String> names, boolean withDefault) {
        TreeSet<String> sorted = new TreeSet<>();
        names.forEach(name -> sorted.add(name.strip().toLowerCase(Locale.ROOT)));
        sorted.remove("");
        if (sorted.contains(Token.ROOT_POLICY)) {
            return List.of(Token.ROOT_POLICY);
        }
        if (withDefault) {
            sorted.add(DEFAULT);
        }
        return List.copyOf(sorted);
    }
}
