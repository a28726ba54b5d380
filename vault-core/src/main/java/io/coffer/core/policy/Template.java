// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rule's path with expressions in it: `secret/data/{{identity.entity.name}}/*`.
///
/// A value fills one part of one segment: one that is empty, or holds a character that means something in a path
/// (`*`, `+`, `/`), does not resolve unless the policy was stored with leave for it. So nobody widens a rule by what
/// he is called.
final class Template {
    private final List<Piece> pieces;

    /// What a policy was stored with leave for.
    ///
    /// @param wildcards values may hold `*` and `+`
    /// @param slashes values may hold '/'
    record Leave(boolean wildcards, boolean slashes) {
        static final Leave NONE = new Leave(false, false);

        private boolean covers(String value) {
            boolean wild = value.indexOf('*') >= 0 || value.indexOf('+') >= 0;
            return !value.isEmpty() && (wildcards || !wild) && (slashes || value.indexOf('/') < 0);
        }
    }

    private sealed interface Piece {
        record Literal(String text) implements Piece {}

        record Filled(Expression expression) implements Piece {}
    }

    private Template(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /// @throws IllegalArgumentException with a text for people, if braces do not pair
    static Template of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            int close = text.indexOf("}}", at);
            if (close >= 0 && (open < 0 || close < open)) {
                throw unbalanced("'}}' without '{{'");
            }
            if (open < 0) {
                break;
            }
            int again = text.indexOf("{{", open + 2);
            if (close < 0 || again >= 0 && again < close) {
                throw unbalanced("'{{' without '}}'");
            }
            addLiteral(pieces, text.substring(at, open));
            pieces.add(new Piece.Filled(
                    Expression.of(text.substring(open + 2, close).strip())));
            at = close + 2;
        }
        addLiteral(pieces, text.substring(at));
        return new Template(pieces);
    }

    /// Whether there is no expression in it.
    boolean isFixed() {
        return pieces.stream().allMatch(Piece.Literal.class::isInstance);
    }

    /// Whether what it resolves to changes with every second.
    boolean dependsOnTime() {
        return pieces.stream().anyMatch(piece -> piece instanceof Piece.Filled(Expression.Clock clock));
    }

    /// The path with every expression filled in; empty if one has no value here.
    Optional<String> resolve(Subject subject, Leave leave, Instant now) {
        StringBuilder path = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal(String text) -> path.append(text);
                case Piece.Filled(Expression expression) -> {
                    Optional<String> value = expression.value(subject, now).filter(leave::covers);
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    path.append(value.get());
                }
            }
        }
        return Optional.of(path.toString());
    }

    private static void addLiteral(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece.Literal(text));
        }
    }

    private static IllegalArgumentException unbalanced(String what) {
        return new IllegalArgumentException("unbalanced templating characters, " + what);
    }
}
