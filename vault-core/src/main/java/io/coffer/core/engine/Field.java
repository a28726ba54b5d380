// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Json;
import java.util.Objects;
import java.util.Optional;

/// One field of a route: from the body, the query or the path.
///
/// @param fallback the value when the request has none
/// @param help one sentence for people
public record Field(String name, Type type, Optional<Json> fallback, String help) {
    public Field {
        Objects.requireNonNull(type, "type");
        if (name.isEmpty() || help.isEmpty()) {
            throw new IllegalArgumentException("a field has a name and a help text");
        }
    }

    /// What a value is turned into, and from what: see {@code Coercion}.
    public enum Type {
        TEXT,
        /// A whole number; in {@code Values} a number.
        NUMBER,
        /// How many entries of a list, not negative, or `max`; in {@code Values} a number, 0 for all.
        LIMIT,
        FLAG,
        /// Seconds, not negative; in {@code Values} a number.
        DURATION,
        /// Seconds, may be negative.
        SIGNED_DURATION,
        /// RFC 3339 or seconds since 1970; in {@code Values} text, RFC 3339.
        TIME,
        /// A list of strings, or one text with commas.
        TEXTS,
        /// A list of whole numbers, or one text with commas; in {@code Values} a list of numbers.
        NUMBERS,
        OBJECT,
        /// An object whose values are text, or a list of `k=v`.
        TEXT_MAP,
        /// Any JSON value, as it is.
        ANY,
        /// Text that never becomes a String.
        SECRET
    }

    public static Field text(String name, String help) {
        return new Field(name, Type.TEXT, Optional.empty(), help);
    }

    public static Field number(String name, String help) {
        return new Field(name, Type.NUMBER, Optional.empty(), help);
    }

    public static Field limit(String name, String help) {
        return new Field(name, Type.LIMIT, Optional.empty(), help);
    }

    public static Field flag(String name, String help) {
        return new Field(name, Type.FLAG, Optional.empty(), help);
    }

    public static Field duration(String name, String help) {
        return new Field(name, Type.DURATION, Optional.empty(), help);
    }

    public static Field signedDuration(String name, String help) {
        return new Field(name, Type.SIGNED_DURATION, Optional.empty(), help);
    }

    public static Field texts(String name, String help) {
        return new Field(name, Type.TEXTS, Optional.empty(), help);
    }

    public static Field numbers(String name, String help) {
        return new Field(name, Type.NUMBERS, Optional.empty(), help);
    }

    public static Field object(String name, String help) {
        return new Field(name, Type.OBJECT, Optional.empty(), help);
    }

    public static Field textMap(String name, String help) {
        return new Field(name, Type.TEXT_MAP, Optional.empty(), help);
    }

    public static Field any(String name, String help) {
        return new Field(name, Type.ANY, Optional.empty(), help);
    }

    public static Field secret(String name, String help) {
        return new Field(name, Type.SECRET, Optional.empty(), help);
    }

    /// The same field with a value for requests that have none.
    public Field or(Json value) {
        return new Field(name, type, Optional.of(value), help);
    }
}
