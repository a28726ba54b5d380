// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.RequestPath;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/// The one canonical form of a policy's name. {@link #of} is the only place that lower-cases one: what stores,
/// assigns, compares or looks up a name goes through it once, so no two of them can see two names in one text.
///
/// Nothing but the case of letters is repaired. A name is a canonical path without a '/' at its end (a route's path
/// holds it), and what a person could take for `root` is refused.
public record PolicyName(String value) implements Comparable<PolicyName> {
    /// The longest name, in bytes of UTF-8.
    public static final int LONGEST = 512;

    /// Allows everything; has no text.
    public static final PolicyName ROOT = new PolicyName("root");
    /// What a token gets unless it is told not to.
    public static final PolicyName DEFAULT = new PolicyName("default");
    /// What the token of a wrapped answer may do.
    public static final PolicyName RESPONSE_WRAPPING = new PolicyName("response-wrapping");

    /// Of Greek, Cyrillic and Armenian.
    private static final String OTHER_O = "\u03bf\u043e\u0585";

    public PolicyName {
        String refusal = refusal(value);
        if (!refusal.isEmpty() || !value.equals(lowerCase(value))) {
            throw new IllegalArgumentException(refusal.isEmpty() ? "a policy's name is in lower case" : refusal);
        }
    }

    /// @throws IllegalArgumentException with a text for the client, if {@link #refusal} has one
    public static PolicyName of(String text) {
        String refusal = refusal(text);
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
        return new PolicyName(lowerCase(text));
    }

    /// Why a text names no policy; empty if it names one. The text for a client repeats nothing of it.
    public static String refusal(String text) {
        if (text.isEmpty()) {
            return "a policy's name is not empty";
        }
        if (!text.equals(text.strip())) {
            return "a policy's name does not begin or end with a blank";
        }
        String path = RequestPath.refusal(text);
        if (!path.isEmpty() || text.endsWith("/")) {
            return "a policy's name has the form of a path without '/' at its ends";
        }
        String name = lowerCase(text);
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return "a policy's name has at most " + LONGEST + " bytes";
        }
        if (!name.equals(lowerCase(name))) {
            return "a policy's name has one form in lower case";
        }
        return looksLikeRoot(name) && !name.equals("root") ? "a policy's name does not look like \"root\"" : "";
    }

    public boolean isRoot() {
        return equals(ROOT);
    }

    @Override
    public int compareTo(PolicyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /// Also in full-width or accented letters, with the o of another alphabet, and with blanks that only
    /// Unicode knows.
    private static boolean looksLikeRoot(String name) {
        return name.equals("root")
                || name.chars().anyMatch(c -> c > 127)
                        && lowerCase(Normalizer.normalize(name, Normalizer.Form.NFKD))
                                .replaceAll("\\p{M}", "")
                                .replaceAll("[" + OTHER_O + "]", "o")
                                .strip()
                                .equals("root");
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
