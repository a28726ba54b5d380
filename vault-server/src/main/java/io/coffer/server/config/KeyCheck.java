// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.hcl.Item;
import io.coffer.core.hcl.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applies the rules of a section's keys.
final class KeyCheck {
    private final Keys keys;
    private final Warnings warnings;

    KeyCheck(Keys keys, Warnings warnings) {
        this.keys = keys;
        this.warnings = warnings;
    }

    /// The settings of this part, each once.
    ///
    /// @throws ConfigException for every key that may not stand here, or not so
    List<Item.Attribute> settingsIn(SourceFile part) {
        List<Item.Attribute> settings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Item item : part.body().items()) {
            switch (rule(part, item)) {
                case KeyRule.Setting setting -> settings.add(setting(part, item, seen));
                case KeyRule.Stanza stanza -> {}
                case KeyRule.Ignored ignored -> ignore(part, item, ignored.why());
                case KeyRule.Refused refused -> throw error(part, item, refused.why());
                case KeyRule.Only only -> {
                    if (!isFlag(part, item, only.value())) {
                        throw error(part, item, only.why());
                    }
                }
                case KeyRule.Always always -> {
                    if (!isFlag(part, item, always.value())) {
                        warnings.add(part.place(item.at()), name(item) + " is ignored: " + always.why());
                    }
                }
            }
        }
        return settings;
    }

    private KeyRule rule(SourceFile part, Item item) {
        return keys.rule(item.name())
                .orElseThrow(() -> ConfigException.at(
                        part.place(item.at()),
                        "unknown key " + name(item)
                                + Suggestion.of(item.name(), keys.rules().keySet())));
    }

    private static Item.Attribute setting(SourceFile part, Item item, Set<String> seen) {
        if (!(item instanceof Item.Attribute attribute)) {
            throw error(part, item, "expected one value after '=', found a block");
        }
        if (!seen.add(item.name())) {
            throw error(part, item, "stands twice; leave one of them out");
        }
        return attribute;
    }

    /// A flag that is off asks for nothing, so there is nothing to warn of.
    private void ignore(SourceFile part, Item item, String why) {
        boolean off = item instanceof Item.Attribute attribute
                && Scalars.flag(attribute.value()).equals(Optional.of(false));
        if (!off) {
            warnings.add(part.place(item.at()), name(item) + " is ignored: " + why);
        }
    }

    private static boolean isFlag(SourceFile part, Item item, boolean expected) {
        Value value = setting(part, item, new HashSet<>()).value();
        return Scalars.flag(value)
                .map(flag -> flag == expected)
                .orElseThrow(() -> error(part, item, "expected true or false, found " + value.kind()));
    }

    private static ConfigException error(SourceFile part, Item item, String problem) {
        return ConfigException.at(part.place(item.at()), name(item) + ": " + problem);
    }

    private static String name(Item item) {
        return Names.shown(item.name());
    }
}
