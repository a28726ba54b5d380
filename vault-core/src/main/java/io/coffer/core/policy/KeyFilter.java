// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.RequestPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Shows of a list only what the caller may also read: a path is made for each entry, and an entry is shown if the
/// caller may read that path, or may list it if the entry is a folder.
///
/// A template of `{{ .path }}`, `{{ .key }}` and text; each may be changed by `| replace "FROM" "TO"`.
record KeyFilter(String text, List<Piece> pieces) {
    /// The longest template, in characters.
    static final int LONGEST = 1024;

    private static final Pattern EXPRESSION =
            Pattern.compile("\\s*\\.(path|key)((?:\\s*\\|\\s*replace\\s+\"[^\"\\\\]+\"\\s+\"[^\"\\\\]*\")*)\\s*");
    private static final Pattern REPLACE = Pattern.compile("replace\\s+\"([^\"\\\\]*)\"\\s+\"([^\"\\\\]*)\"");

    KeyFilter {
        pieces = List.copyOf(pieces);
    }

    /// Text, or one of the two names.
    record Piece(Kind kind, String text, List<Replacement> replacements) {
        Piece {
            replacements = List.copyOf(replacements);
        }

        enum Kind {
            TEXT,
            PATH,
            KEY
        }

        private String of(String path, String key) {
            String value =
                    switch (kind) {
                        case TEXT -> text;
                        case PATH -> path;
                        case KEY -> key;
                    };
            for (Replacement replacement : replacements) {
                if (value.length() > RequestPath.LONGEST) {
                    return value;
                }
                value = value.replace(replacement.from(), replacement.to());
            }
            return value;
        }
    }

    record Replacement(String from, String to) {}

    /// @throws IllegalArgumentException with a text for people
    static KeyFilter of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
        }
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int close = text.indexOf("}}", open);
            Matcher expression = EXPRESSION.matcher(close < 0 ? "" : text.substring(open + 2, close));
            if (!expression.matches()) {
                throw new IllegalArgumentException(
                        "expected {{ .path }} or {{ .key }}, with | replace \"FROM\" \"TO\" or without");
            }
            addText(pieces, text.substring(at, open));
            boolean path = expression.group(1).equals("path");
            pieces.add(new Piece(path ? Piece.Kind.PATH : Piece.Kind.KEY, "", replacements(expression.group(2))));
            at = close + 2;
        }
        addText(pieces, text.substring(at));
        if (pieces.stream().noneMatch(piece -> piece.kind() == Piece.Kind.KEY)) {
            throw new IllegalArgumentException("expected {{ .key }} in it, or every entry would be shown, or none");
        }
        return new KeyFilter(text, pieces);
    }

    /// The path that says whether an entry is shown; empty if it would be no path.
    ///
    /// @param path of the list, with a '/' at its end
    Optional<RequestPath> pathOf(String path, String key) {
        StringBuilder made = new StringBuilder();
        for (Piece piece : pieces) {
            made.append(piece.of(path, key));
            if (made.length() > RequestPath.LONGEST) {
                return Optional.empty();
            }
        }
        return RequestPath.refusal(made.toString()).isEmpty()
                ? Optional.of(new RequestPath(made.toString()))
                : Optional.empty();
    }

    private static List<Replacement> replacements(String text) {
        List<Replacement> replacements = new ArrayList<>();
        Matcher matcher = REPLACE.matcher(text);
        while (matcher.find()) {
            replacements.add(new Replacement(matcher.group(1), matcher.group(2)));
        }
        return replacements;
    }

    private static void addText(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(Piece.Kind.TEXT, text, List.of()));
        }
    }
}
