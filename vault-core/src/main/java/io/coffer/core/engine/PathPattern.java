// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The form of the paths of a route, relative to its mount: literal segments, `:name` for one segment, and once
/// `:name*` for all that remains: any number of segments, none too at the end, where literal segments may follow.
///
/// A '/' at the end of a path asks for a folder and is no part of what is matched or captured.
public record PathPattern(String text, List<String> segments) {
    public PathPattern {
        segments = List.copyOf(segments);
    }

    public static PathPattern of(String text) {
        List<String> segments = text.isEmpty() ? List.of() : List.of(text.split("/", -1));
        boolean rest = false;
        for (String segment : segments) {
            if (segment.isEmpty() || rest && segment.startsWith(":")) {
                throw new IllegalArgumentException("no path pattern: " + text);
            }
            rest |= isRest(segment);
        }
        return new PathPattern(text, segments);
    }

    /// What the path captures, if it is of this form.
    public Optional<Map<String, String>> match(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Map<String, String> captures = new LinkedHashMap<>();
        int start = 0;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isRest(segment)) {
                return rest(i, start > trimmed.length() ? "" : trimmed.substring(start), captures);
            }
            if (start > trimmed.length() || trimmed.isEmpty()) {
                return Optional.empty();
            }
            int slash = trimmed.indexOf('/', start);
            int end = slash < 0 ? trimmed.length() : slash;
            if (segment.startsWith(":")) {
                captures.put(name(segment), trimmed.substring(start, end));
            } else if (segment.length() != end - start || !trimmed.startsWith(segment, start)) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return start > trimmed.length() || trimmed.isEmpty() ? Optional.of(captures) : Optional.empty();
    }

    private Optional<Map<String, String>> rest(int at, String remaining, Map<String, String> captures) {
        String name = name(segments.get(at));
        if (at + 1 == segments.size()) {
            captures.put(name, remaining);
            return Optional.of(captures);
        }
        String end = "/" + String.join("/", segments.subList(at + 1, segments.size()));
        if (!remaining.endsWith(end) || remaining.length() == end.length()) {
            return Optional.empty();
        }
        captures.put(name, remaining.substring(0, remaining.length() - end.length()));
        return Optional.of(captures);
    }

    /// With each captured name in braces, as OpenAPI writes a path.
    public String template() {
        List<String> parts = new ArrayList<>();
        segments.forEach(segment -> parts.add(segment.startsWith(":") ? "{" + name(segment) + "}" : segment));
        return String.join("/", parts);
    }

    /// The names that this pattern captures.
    public List<String> captures() {
        List<String> names = new ArrayList<>();
        for (String segment : segments) {
            if (segment.startsWith(":")) {
                names.add(name(segment));
            }
        }
        return names;
    }

    private static boolean isRest(String segment) {
        return segment.startsWith(":") && segment.endsWith("*");
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - (isRest(segment) ? 1 : 0));
    }

    @Override
    public String toString() {
        return text;
    }
}
