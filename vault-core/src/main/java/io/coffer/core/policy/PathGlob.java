// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.Arrays;
import java.util.List;

/// The paths that a rule is for: a text in which a segment `+` stands for one segment of any content, and a `*` at
/// the end for anything. Other `+` and `*` mean themselves.
///
/// The order is that of priority: of two that match a path, the greater one's rule applies.
final class PathGlob implements Comparable<PathGlob> {
    private final String text;
    private final List<String> segments;
    private final boolean prefix;
    private final int wildcards;
    private final int firstWildcard;

    /// @param text without a '/' at its start
    PathGlob(String text) {
        this.text = text;
        this.prefix = text.endsWith("*");
        String body = prefix ? text.substring(0, text.length() - 1) : text;
        this.segments = Arrays.asList(body.split("/", -1));
        this.wildcards = (int) segments.stream().filter(PathGlob::isWildcard).count();
        this.firstWildcard = wildcards == 0 ? body.length() : firstWildcard(segments);
    }

    static boolean isWildcard(String segment) {
        return segment.equals("+");
    }

    /// As it was written.
    String text() {
        return text;
    }

    /// Without the `*` at the end.
    List<String> segments() {
        return segments;
    }

    boolean isPrefix() {
        return prefix;
    }

    /// Whether it is one path and nothing else.
    boolean isLiteral() {
        return !prefix && wildcards == 0;
    }

    @Override
    public int compareTo(PathGlob other) {
        int order = Integer.compare(firstWildcard, other.firstWildcard);
        order = order != 0 ? order : Boolean.compare(other.prefix, prefix);
        order = order != 0 ? order : Integer.compare(other.wildcards, wildcards);
        order = order != 0 ? order : Integer.compare(text.length(), other.text.length());
        return order != 0 ? order : text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathGlob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static int firstWildcard(List<String> segments) {
        int at = 0;
        for (String segment : segments) {
            if (isWildcard(segment)) {
                return at;
            }
            at += segment.length() + 1;
        }
        throw new IllegalArgumentException("there is no wildcard");
    }
}
