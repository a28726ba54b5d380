// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A JSON value. Numbers keep the digits that they were written with and objects the order of their members.
///
/// Values may be secrets, so nothing here prints its content.
public sealed interface Json {
    Json NULL = new Null();
    Obj EMPTY = new Obj(Map.of());

    /// Members in the order of the map given; names are unique by construction.
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The member, or {@link Json#NULL} if there is none.
        public Json get(String name) {
            return members.getOrDefault(name, NULL);
        }

        public boolean has(String name) {
            return members.containsKey(name);
        }

        @Override
        public String toString() {
            return "Json.Obj[" + members.size() + " members]";
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Json.Arr[" + items.size() + " items]";
        }
    }

    record Str(String value) implements Json {
        public Str {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return "Json.Str";
        }
    }

    /// @param text the number as it was written: a valid JSON number
    record Num(String text) implements Json {
        public Num {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Json.Num";
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /// A JSON text that was parsed before and is passed on as it is, without a tree; a part of an array
    /// that nobody changes.
    record Raw(byte[] utf8, int from, int length) implements Json {
        public Raw {
            Objects.checkFromIndexSize(from, length, utf8.length);
        }

        public Raw(byte[] utf8) {
            this(utf8, 0, utf8.length);
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("raw JSON has no equality; parse it first");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("raw JSON has no equality; parse it first");
        }

        @Override
        public String toString() {
            return "Json.Raw[" + length + " bytes]";
        }
    }

    static Str of(String value) {
        return new Str(value);
    }

    static Num of(long value) {
        return new Num(Long.toString(value));
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    static Arr of(List<String> values) {
        return new Arr(values.stream().<Json>map(Str::new).toList());
    }

    /// An object of texts, in the order of their names.
    static Json ofTexts(Map<String, String> texts) {
        Map<String, Json> members = new LinkedHashMap<>();
        new TreeMap<>(texts).forEach((name, text) -> members.put(name, new Str(text)));
        return new Obj(members);
    }

    /// An object under construction.
    static Builder object() {
        return new Builder();
    }

    /// Collects members; a name put twice is a defect of the caller.
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, Json value) {
            if (members.put(name, value) != null) {
                throw new IllegalArgumentException("member " + name + " is there already");
            }
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new Str(value));
        }

        public Builder put(String name, long value) {
            return put(name, of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, new Bool(value));
        }

        public Builder putAll(Obj other) {
            other.members().forEach(this::put);
            return this;
        }

        public Obj build() {
            return new Obj(members);
        }
    }
}
