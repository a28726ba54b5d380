// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rules by form of path, segment by segment, so that finding the one that applies costs the length of the path and
/// not the number of rules. Built once, then only read.
final class RuleTree {
    private final Map<String, Rule> literals = new HashMap<>();
    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        /// Where `+` leads to.
        private @Nullable Node any;
        /// Of the form that ends here.
        private @Nullable Rule end;
        /// Of the forms that end here with a part of a segment and `*`, by that part.
        private final NavigableMap<String, Rule> prefixes = new TreeMap<>();
    }

    RuleTree(Iterable<Rule> rules) {
        rules.forEach(this::add);
    }

    private void add(Rule rule) {
        PathGlob glob = rule.glob();
        if (glob.isLiteral()) {
            literals.put(glob.text(), rule);
            return;
        }
        List<String> segments = glob.segments();
        Node node = root;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (glob.isPrefix() && i == segments.size() - 1) {
                node.prefixes.put(segment, rule);
                return;
            }
            node = PathGlob.isWildcard(segment) ? any(node) : node.children.computeIfAbsent(segment, s -> new Node());
        }
        node.end = rule;
    }

    private static Node any(Node node) {
        Node any = node.any;
        if (any == null) {
            any = new Node();
            node.any = any;
        }
        return any;
    }

    /// The rule for this one path and no other.
    Optional<Rule> literal(String path) {
        return Optional.ofNullable(literals.get(path));
    }

    /// Of the rules with a wildcard that match, the one of the highest priority.
    Optional<Rule> best(String path) {
        return Optional.ofNullable(best(root, path, 0, null));
    }

    /// @param from where the segment begins that the node's children are asked for; past the end if there is none
    private static @Nullable Rule best(Node node, String path, int from, @Nullable Rule before) {
        if (from > path.length()) {
            return better(before, node.end);
        }
        int slash = path.indexOf('/', from);
        int end = slash < 0 ? path.length() : slash;
        String segment = path.substring(from, end);
        Rule best = better(before, longestPrefix(node.prefixes, segment));
        Node child = node.children.get(segment);
        if (child != null) {
            best = best(child, path, end + 1, best);
        }
        return node.any == null ? best : best(node.any, path, end + 1, best);
    }

    private static @Nullable Rule better(@Nullable Rule one, @Nullable Rule other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.glob().compareTo(other.glob()) < 0 ? other : one;
    }

    /// Of what a segment begins with, the longest is the last in order that is not after the segment; if that one is
    /// no beginning of it, none is longer than what both have in common.
    private static @Nullable Rule longestPrefix(NavigableMap<String, Rule> prefixes, String segment) {
        String probe = segment;
        while (true) {
            Map.Entry<String, Rule> floor = prefixes.floorEntry(probe);
            if (floor == null) {
                return null;
            }
            if (segment.startsWith(floor.getKey())) {
                return floor.getValue();
            }
            probe = common(floor.getKey(), segment);
        }
    }

    private static String common(String one, String other) {
        int length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }
}
