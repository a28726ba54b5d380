// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of the contract, written down once more without a thought for speed, and without anything of the code
/// that it is compared with: a policy is a list of lines, a path a string, and every line is looked at each time.
final class SlowAcl {
    /// A `path` of a policy.
    ///
    /// @param capabilities by name
    /// @param allowed values by name of a parameter as JSON, none for any
    record Line(
            String pattern,
            Set<String> capabilities,
            List<String> required,
            Map<String, List<String>> allowed,
            Map<String, List<String>> denied,
            int leastWrap,
            int mostWrap) {
        private static final String OPEN = "{{identity.entity.metadata.";

        /// This line with its templates filled in; empty if it counts for nothing.
        Optional<Line> filledIn(Map<String, String> metadata, boolean wildcards, boolean slashes) {
            String filled = pattern;
            for (int at = filled.indexOf(OPEN); at >= 0; at = filled.indexOf(OPEN, at)) {
                int end = filled.indexOf("}}", at);
                String value = metadata.getOrDefault(filled.substring(at + OPEN.length(), end), "");
                boolean wild = value.contains("*") || value.contains("+");
                if (value.isEmpty() || wild && !wildcards || value.contains("/") && !slashes) {
                    return Optional.empty();
                }
                filled = filled.substring(0, at) + value + filled.substring(end + 2);
                at += value.length();
            }
            return filled.contains("+*")
                    ? Optional.empty()
                    : Optional.of(new Line(filled, capabilities, required, allowed, denied, leastWrap, mostWrap));
        }
    }

    /// @param verb an operation's capability, or `write` where either create or update is enough
    /// @param wrap seconds, 0 for none
    record Question(
            String verb,
            String path,
            boolean sudo,
            int wrap,
            @Nullable Map<String, String> parameters) {
        boolean lists() {
            return verb.equals("list") || verb.equals("scan");
        }
    }

    private final List<Line> lines;

    SlowAcl(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    boolean allows(Question question) {
        String pattern = pattern(question.path(), question.lists());
        if (pattern == null || !judge(pattern, question)) {
            return false;
        }
        if (question.lists() || !question.path().endsWith("/")) {
            return true;
        }
        String named = pattern(trimmed(question.path()), false);
        return named == null || !precedes(named, pattern) || judge(named, question);
    }

    Set<String> capabilities(String path) {
        String pattern = pattern(path, true);
        return pattern == null ? Set.of() : capabilitiesOf(pattern);
    }

    boolean hasSudo(String path) {
        String pattern = pattern(path, false);
        return pattern != null && capabilitiesOf(pattern).contains("sudo");
    }

    /// The pattern whose rule is the one to apply.
    @Nullable
    String pattern(String path, boolean lists) {
        Set<String> patterns = new HashSet<>();
        lines.forEach(line -> patterns.add(line.pattern()));
        if (patterns.contains(path) && isLiteral(path)) {
            return path;
        }
        boolean folder = lists && path.endsWith("/");
        if (folder && patterns.contains(trimmed(path)) && isLiteral(trimmed(path))) {
            return trimmed(path);
        }
        String best = best(patterns, path);
        return best == null && folder ? best(patterns, trimmed(path)) : best;
    }

    private static @Nullable String best(Set<String> patterns, String path) {
        String best = null;
        for (String pattern : patterns) {
            if (!isLiteral(pattern) && matches(pattern, path) && (best == null || precedes(pattern, best))) {
                best = pattern;
            }
        }
        return best;
    }

    /// Whether the first pattern's rule applies where both match.
    private static boolean precedes(String one, String other) {
        if (one.equals(other) || isLiteral(other)) {
            return false;
        }
        if (isLiteral(one)) {
            return true;
        }
        if (firstWildcard(one) != firstWildcard(other)) {
            return firstWildcard(one) > firstWildcard(other);
        }
        if (isPrefix(one) != isPrefix(other)) {
            return isPrefix(other);
        }
        if (pluses(one) != pluses(other)) {
            return pluses(one) < pluses(other);
        }
        if (one.length() != other.length()) {
            return one.length() > other.length();
        }
        return one.compareTo(other) > 0;
    }

    static boolean matches(String pattern, String path) {
        if (isLiteral(pattern)) {
            return pattern.equals(path);
        }
        if (pluses(pattern) == 0) {
            return path.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        String[] asked = path.split("/", -1);
        String[] wanted = (isPrefix(pattern) ? pattern.substring(0, pattern.length() - 1) : pattern).split("/", -1);
        if (isPrefix(pattern) ? asked.length < wanted.length : asked.length != wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean last = isPrefix(pattern) && i == wanted.length - 1;
            if (!wanted[i].equals("+") && !(last ? asked[i].startsWith(wanted[i]) : asked[i].equals(wanted[i]))) {
                return false;
            }
        }
        return true;
    }

    private boolean judge(String pattern, Question question) {
        Set<String> capabilities = capabilitiesOf(pattern);
        boolean verb = question.verb().equals("write")
                ? capabilities.contains("create") || capabilities.contains("update")
                : capabilities.contains(question.verb());
        if (capabilities.contains("deny") || !verb || question.sudo() && !capabilities.contains("sudo")) {
            return false;
        }
        return wraps(pattern, question.wrap())
                && (question.parameters() == null
                        || question.lists()
                        || question.verb().equals("delete")
                        || parameters(pattern, question.parameters()));
    }

    private Set<String> capabilitiesOf(String pattern) {
        Set<String> all = new HashSet<>();
        of(pattern).forEach(line -> all.addAll(line.capabilities()));
        return all.contains("deny") ? Set.of("deny") : all;
    }

    private boolean wraps(String pattern, int wrap) {
        int least = 0;
        int most = 0;
        for (Line line : of(pattern)) {
            least = smaller(least, line.leastWrap());
            most = smaller(most, line.mostWrap());
        }
        if (most > 0 && most < least) {
            return false;
        }
        return (most == 0 || wrap > 0 && wrap <= most) && (least == 0 || wrap >= least);
    }

    private boolean parameters(String pattern, Map<String, String> given) {
        Map<String, List<String>> allowed = new HashMap<>();
        Map<String, List<String>> denied = new HashMap<>();
        for (Line line : of(pattern)) {
            for (String name : line.required()) {
                if (!given.containsKey(name) && !given.containsKey(small(name))) {
                    return false;
                }
            }
            add(allowed, line.allowed());
            add(denied, line.denied());
        }
        if (given.isEmpty()) {
            return true;
        }
        if (denied.containsKey("*")) {
            return false;
        }
        for (Map.Entry<String, String> parameter : given.entrySet()) {
            List<String> refused = denied.get(small(parameter.getKey()));
            if (refused != null && SlowValue.holds(refused, parameter.getValue())) {
                return false;
            }
            List<String> values = allowed.get(small(parameter.getKey()));
            if (values == null
                    ? !allowed.isEmpty() && !allowed.containsKey("*")
                    : !SlowValue.holds(values, parameter.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static String small(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void add(Map<String, List<String>> all, Map<String, List<String>> more) {
        more.forEach((written, values) -> {
            String name = small(written);
            List<String> before = all.get(name);
            List<String> sum = new ArrayList<>();
            if (before == null) {
                sum.addAll(values);
            } else if (!before.isEmpty() && !values.isEmpty()) {
                sum.addAll(before);
                sum.addAll(values);
            }
            all.put(name, sum);
        });
    }

    /// What all policies say of one pattern; where one denies, the others say nothing.
    private List<Line> of(String pattern) {
        List<Line> all =
                lines.stream().filter(line -> line.pattern().equals(pattern)).toList();
        return all.stream().anyMatch(line -> line.capabilities().contains("deny"))
                ? all.stream()
                        .filter(line -> line.capabilities().contains("deny"))
                        .limit(1)
                        .toList()
                : all;
    }

    private static int smaller(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private static boolean isPrefix(String pattern) {
        return pattern.endsWith("*");
    }

    private static boolean isLiteral(String pattern) {
        return !isPrefix(pattern) && pluses(pattern) == 0;
    }

    private static int pluses(String pattern) {
        int count = 0;
        for (String segment : pattern.split("/", -1)) {
            count += segment.equals("+") ? 1 : 0;
        }
        return count;
    }

    private static int firstWildcard(String pattern) {
        int plus = ("/" + pattern + "/").indexOf("/+/");
        return plus >= 0 ? plus : pattern.length() - 1;
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
