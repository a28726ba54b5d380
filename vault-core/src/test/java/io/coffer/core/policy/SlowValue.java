// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.List;

/// What {@link SlowAcl} knows of values of parameters, which are JSON as somebody writes it: text, numbers and words.
final class SlowValue {
    private SlowValue() {}

    /// Whether a rule with these values is for that one; one without values is for every one.
    static boolean holds(List<String> values, String value) {
        return values.isEmpty()
                || values.stream()
                        .anyMatch(one -> isText(one) && isText(value)
                                ? covers(inner(one), inner(value))
                                : one.equals(value) || isNumber(one) && isNumber(value) && sameNumber(one, value));
    }

    private static boolean covers(String glob, String text) {
        String plain = glob.replace("*", "");
        return glob.startsWith("*")
                ? glob.endsWith("*") ? text.contains(plain) : text.endsWith(plain)
                : glob.endsWith("*") ? text.startsWith(plain) : text.equals(plain);
    }

    private static boolean isText(String json) {
        return json.startsWith("\"");
    }

    private static String inner(String json) {
        return json.substring(1, json.length() - 1);
    }

    private static boolean isNumber(String json) {
        return Character.isDigit(json.charAt(0));
    }

    private static boolean sameNumber(String one, String other) {
        return Double.parseDouble(one) == Double.parseDouble(other);
    }
}
