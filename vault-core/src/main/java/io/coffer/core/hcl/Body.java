// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The content of a text, a block or an object: every item in order, repeated names included. Whether a
/// repetition is an error, and which one counts if not, is the reader's to say.
public record Body(List<Item> items, Position at) {
    public Body {
        items = List.copyOf(items);
        Objects.requireNonNull(at, "at");
    }

    /// The last attribute of this name.
    public Optional<Item.Attribute> last(String name) {
        return items.reversed().stream()
                .filter(Item.Attribute.class::isInstance)
                .map(Item.Attribute.class::cast)
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    /// The blocks of this name, each with exactly so many labels, in whichever form they were written:
    /// labels may be names of nested blocks or objects, and a list of objects repeats the block. So `path
    /// "a" { … }`, `path { "a" = { … } }` and the JSON forms `"path": {"a": {…}}` and `"path": [{"a":
    /// {…}}]` give the same.
    ///
    /// @throws HclException if an item of this name is no block, or has other labels
    public List<Item.Block> blocks(String name, int labels) {
        List<Item.Block> found = new ArrayList<>();
        for (Item item : items) {
            if (item.name().equals(name)) {
                Blocks.collect(item, name, List.of(), labels, found);
            }
        }
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return "Body[" + items.size() + " items]";
    }
}
