// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.Item;
import io.coffer.core.hcl.Position;
import io.coffer.core.hcl.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// A part of the configuration whose keys have been checked: the top of all files together, or one stanza.
/// Gives values in the type that is asked for, or an error with the line.
final class Section {
    private final String place;
    private final List<SourceFile> parts;
    private final Warnings warnings;
    private final Map<String, Found> settings = new LinkedHashMap<>();

    private Section(String place, List<SourceFile> parts, Keys keys, Warnings warnings) {
        this.place = place;
        this.parts = List.copyOf(parts);
        this.warnings = warnings;
        KeyCheck check = new KeyCheck(keys, warnings);
        for (SourceFile part : parts) {
            for (Item.Attribute setting : check.settingsIn(part)) {
                settings.put(setting.name(), new Found(setting.value(), part.place(setting.at())));
            }
        }
    }

    /// The top; what several files set is set by the last.
    static Section top(List<SourceFile> files, Keys keys, Warnings warnings) {
        return new Section(files.getFirst().place(new Position(1, 1)), files, keys, warnings);
    }

    /// The stanzas of these names, with so many labels, in the order of the files.
    List<Stanza> stanzas(int labels, String... names) {
        List<Stanza> found = new ArrayList<>();
        for (SourceFile part : parts) {
            for (String name : names) {
                blocks(part, labels, name).forEach(block -> found.add(new Stanza(part.name(), block, warnings)));
            }
        }
        return found;
    }

    private static List<Item.Block> blocks(SourceFile part, int labels, String name) {
        try {
            return part.body().blocks(name, labels);
        } catch (HclException refusal) {
            throw ConfigException.of(part.name(), refusal);
        }
    }

    Optional<String> text(String key) {
        return read(key, Scalars::text, "a string in double quotes that is not empty");
    }

    Optional<Boolean> flag(String key) {
        return read(key, Scalars::flag, "true or false");
    }

    Optional<Duration> duration(String key) {
        return read(key, Scalars::duration, "a duration as \"90s\" or \"768h\", or a number of seconds");
    }

    OptionalLong whole(String key) {
        return read(key, Scalars::whole, "a whole number").map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    Optional<List<String>> texts(String key) {
        return read(key, Scalars::texts, "a string or a list of strings");
    }

    Optional<Path> path(String key) {
        return text(key).map(Path::of);
    }

    /// A value that must be one of a few words.
    <T> Optional<T> choice(String key, Function<String, Optional<T>> words, String expected) {
        return text(key).map(text -> words.apply(text).orElseThrow(() -> error(key, "expected " + expected)));
    }

    /// Where a key stands; if it is not there, where the section begins.
    String place(String key) {
        Found found = settings.get(key);
        return found == null ? place : found.place();
    }

    String place() {
        return place;
    }

    void warn(String key, String text) {
        warnings.add(place(key), key + ": " + text);
    }

    ConfigException error(String key, String problem) {
        return ConfigException.at(place(key), key + ": " + problem);
    }

    /// Makes a record; what its constructor refuses is an error at the first of these keys that is there.
    /// Its message names the key itself.
    <T> T make(Supplier<T> maker, String... keys) {
        try {
            return maker.get();
        } catch (IllegalArgumentException refused) {
            throw ConfigException.at(placeOfFirst(keys), String.valueOf(refused.getMessage()));
        }
    }

    private String placeOfFirst(String... keys) {
        for (String key : keys) {
            if (settings.containsKey(key)) {
                return place(key);
            }
        }
        return place;
    }

    private <T> Optional<T> read(String key, Function<Value, Optional<T>> reader, String expected) {
        return Optional.ofNullable(settings.get(key)).map(found -> reader.apply(found.value())
                .orElseThrow(() -> error(key, "expected " + expected + found.instead())));
    }

    private record Found(Value value, String place) {
        /// What stands there, if its kind is what is wrong with it.
        String instead() {
            return value instanceof Value.Text ? "" : ", found " + value.kind();
        }
    }

    /// A block before anybody has said which keys it may hold: that can depend on its label.
    record Stanza(String file, Item.Block block, Warnings warnings) {
        String place() {
            return file + ":" + block.at().line();
        }

        String label(int index) {
            return block.label(index);
        }

        Section with(Keys keys) {
            return new Section(place(), List.of(new SourceFile(file, block.body())), keys, warnings);
        }

        ConfigException error(String problem) {
            return ConfigException.at(place(), problem);
        }
    }
}
