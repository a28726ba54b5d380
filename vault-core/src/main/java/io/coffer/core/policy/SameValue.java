// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// Whether a value of a request is the one that a rule names. Text may have a `*` at either end of the rule's; other
/// values are the same if type and content are, numbers whatever their digits.
final class SameValue {
    /// Longer numbers are no number that a rule names.
    private static final int DIGITS = 100;

    private SameValue() {}

    static boolean matches(Json rule, Json value) {
        return rule instanceof Json.Str(String glob) && value instanceof Json.Str(String text)
                ? covers(glob, text)
                : same(rule, value);
    }

    private static boolean covers(String glob, String text) {
        boolean front = glob.startsWith("*");
        boolean back = glob.endsWith("*");
        if (glob.equals("*")) {
            return true;
        }
        if (front && back) {
            return text.contains(glob.substring(1, glob.length() - 1));
        }
        if (front) {
            return text.endsWith(glob.substring(1));
        }
        return back ? text.startsWith(glob.substring(0, glob.length() - 1)) : text.equals(glob);
    }

    private static boolean same(Json one, Json other) {
        return switch (one) {
            case Json.Num(String digits) -> other instanceof Json.Num(String others) && sameNumber(digits, others);
            case Json.Arr(List<Json> items) -> other instanceof Json.Arr(List<Json> others) && same(items, others);
            case Json.Obj object -> other instanceof Json.Obj same && same(object.members(), same.members());
            case Json.Str text -> text.equals(other);
            case Json.Bool flag -> flag.equals(other);
            case Json.Null none -> other instanceof Json.Null;
            case Json.Raw raw -> throw new IllegalArgumentException("a parameter is parsed");
        };
    }

    private static boolean same(List<Json> items, List<Json> others) {
        boolean same = items.size() == others.size();
        for (int i = 0; same && i < items.size(); i++) {
            same = same(items.get(i), others.get(i));
        }
        return same;
    }

    private static boolean same(Map<String, Json> members, Map<String, Json> others) {
        return members.keySet().equals(others.keySet())
                && members.entrySet().stream()
                        .allMatch(member -> same(member.getValue(), others.getOrDefault(member.getKey(), Json.NULL)));
    }

    private static boolean sameNumber(String digits, String others) {
        if (digits.equals(others)) {
            return true;
        }
        try {
            return digits.length() <= DIGITS
                    && others.length() <= DIGITS
                    && new BigDecimal(digits).compareTo(new BigDecimal(others)) == 0;
        } catch (NumberFormatException beyond) {
            return false;
        }
    }
}
