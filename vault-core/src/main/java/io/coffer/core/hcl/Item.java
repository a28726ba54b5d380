// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.List;
import java.util.Objects;

/// One thing that stands in a body.
public sealed interface Item {
    /// The name of the attribute or the type of the block.
    String name();

    /// Where its name stands.
    Position at();

    /// `name = value`
    record Attribute(String name, Value value, Position at) implements Item {
        public Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(at, "at");
        }
    }

    /// `name "label" { … }`, with as many labels as are there
    record Block(String name, List<Label> labels, Body body, Position at) implements Item {
        public Block {
            Objects.requireNonNull(name, "name");
            labels = List.copyOf(labels);
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(at, "at");
        }

        /// The text of the label of this number, from 0; the caller has asked for so many.
        public String label(int index) {
            return labels.get(index).text();
        }
    }

    record Label(String text, Position at) {
        public Label {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(at, "at");
        }
    }
}
