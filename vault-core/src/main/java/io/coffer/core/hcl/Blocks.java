// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.List;

/// Brings the forms in which a labelled block can be written to one.
final class Blocks {
    private Blocks() {}

    /// Adds the blocks that `item` stands for, given the labels that were met on the way down to it.
    static void collect(Item item, String name, List<Item.Label> outer, int wanted, List<Item.Block> found) {
        switch (item) {
            case Item.Block block -> {
                List<Item.Label> labels = new ArrayList<>(outer);
                labels.addAll(block.labels());
                collect(block.body(), name, labels, wanted, found, block.at());
            }
            case Item.Attribute attribute -> collect(attribute.value(), name, outer, wanted, found, attribute.at());
        }
    }

    private static void collect(
            Value value, String name, List<Item.Label> labels, int wanted, List<Item.Block> found, Position at) {
        if (value instanceof Value.Obj object) {
            collect(object.body(), name, labels, wanted, found, at);
        } else if (value instanceof Value.Arr list) {
            for (Value entry : list.items()) {
                if (!(entry instanceof Value.Obj object)) {
                    throw new HclException(
                            entry.at(), "found " + entry.kind() + ", expected a block of " + quoted(name));
                }
                collect(object.body(), name, labels, wanted, found, object.at());
            }
        } else {
            throw new HclException(value.at(), "found " + value.kind() + ", expected a block of " + quoted(name));
        }
    }

    private static void collect(
            Body body, String name, List<Item.Label> labels, int wanted, List<Item.Block> found, Position at) {
        if (labels.size() > wanted) {
            throw new HclException(at, quoted(name) + " has " + labels.size() + " labels, expected " + wanted);
        }
        if (labels.size() == wanted) {
            found.add(new Item.Block(name, labels, body, at));
            return;
        }
        for (Item item : body.items()) {
            List<Item.Label> further = new ArrayList<>(labels);
            further.add(new Item.Label(item.name(), item.at()));
            collect(item, name, further, wanted, found);
        }
    }

    private static String quoted(String name) {
        return Source.quoted(name);
    }
}
