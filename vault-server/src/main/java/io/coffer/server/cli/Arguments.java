// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The flags and words of one command line. Never printed: words may be secrets.
public final class Arguments {
    private final Map<String, List<String>> flags;
    private final List<String> words;

    /// @param flags each given flag's values, by its first name, in the order given
    Arguments(Map<String, List<String>> flags, List<String> words) {
        this.flags = flags;
        this.words = List.copyOf(words);
    }

    public List<String> words() {
        return words;
    }

    public String word(int i) {
        return words.get(i);
    }

    public Optional<String> optional(int i) {
        return i < words.size() ? Optional.of(words.get(i)) : Optional.empty();
    }

    public boolean given(Flag flag) {
        return flags.containsKey(flag.name());
    }

    public boolean on(Flag flag) {
        return text(flag).flatMap(Words::truth).orElse(false);
    }

    /// The last one given wins.
    public Optional<String> text(Flag flag) {
        List<String> values = flags.getOrDefault(flag.name(), List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    public OptionalLong number(Flag flag) {
        Optional<String> text = text(flag);
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
    }

    public List<String> list(Flag flag) {
        return flags.getOrDefault(flag.name(), List.of());
    }
}
