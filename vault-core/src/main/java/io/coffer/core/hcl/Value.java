// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/// What stands right of an `=`, or in a list. Values may be secrets, so none prints its content.
public sealed interface Value {
    Position at();

    /// What this is, for messages: `a string`.
    String kind();

    /// A quoted string with its escapes resolved, or a heredoc.
    record Text(String text, Position at) implements Value {
        public Text {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "a string";
        }

        @Override
        public String toString() {
            return "Text";
        }
    }

    record Whole(long number, Position at) implements Value {
        public Whole {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "a whole number";
        }

        @Override
        public String toString() {
            return "Whole";
        }
    }

    /// A number with a fraction or an exponent; both are bounded, so that nothing done with it is slow.
    record Decimal(BigDecimal number, Position at) implements Value {
        public Decimal {
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "a decimal number";
        }

        @Override
        public String toString() {
            return "Decimal";
        }
    }

    record Flag(boolean set, Position at) implements Value {
        public Flag {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "true or false";
        }
    }

    record Arr(List<Value> items, Position at) implements Value {
        public Arr {
            items = List.copyOf(items);
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String toString() {
            return "Arr[" + items.size() + " items]";
        }
    }

    /// `{ a = 1, b = 2 }`, or an object of JSON.
    record Obj(Body body, Position at) implements Value {
        public Obj {
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "an object";
        }
    }
}
