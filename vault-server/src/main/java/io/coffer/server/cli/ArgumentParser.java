// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads flags as the field's clients do: one dash or two, a value after `=` or as the next word, a switch
/// only after `=`. `--` ends the flags; a lone `-` is a word. Unlike there, flags may also stand after
/// words.
final class ArgumentParser {
    private final Map<String, Flag> known = new HashMap<>();

    ArgumentParser(List<Flag> flags) {
        for (Flag flag : flags) {
            for (String name : flag.names()) {
                if (known.put(name, flag) != null) {
                    throw new IllegalArgumentException("two flags are named " + name);
                }
            }
        }
    }

    /// @throws Failure if a flag is not known, lacks its value or has one that it cannot have
    Arguments parse(List<String> line) {
        Map<String, List<String>> flags = new HashMap<>();
        List<String> words = new ArrayList<>();
        boolean ended = false;
        for (int i = 0; i < line.size(); i++) {
            String argument = line.get(i);
            if (ended || argument.length() < 2 || argument.charAt(0) != '-') {
                words.add(argument);
            } else if (argument.equals("--")) {
                ended = true;
            } else {
                String text = argument.substring(argument.charAt(1) == '-' ? 2 : 1);
                int equals = text.indexOf('=');
                Flag flag = flag(equals < 0 ? text : text.substring(0, equals));
                String value;
                if (equals >= 0) {
                    value = text.substring(equals + 1);
                } else if (flag.kind() == Flag.Kind.SWITCH) {
                    value = "true";
                } else if (++i < line.size()) {
                    value = line.get(i);
                } else {
                    throw Failure.local("flag needs a value: -" + flag.name());
                }
                check(flag, value);
                flags.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(value);
            }
        }
        return new Arguments(flags, words);
    }

    private Flag flag(String name) {
        Flag flag = known.get(name);
        if (flag == null) {
            // The name alone: what follows it may be a secret.
            throw Failure.local("flag provided but not defined: -" + Words.harmless(name)
                    + " (words that start with a dash come after --)");
        }
        return flag;
    }

    private static void check(Flag flag, String value) {
        if (flag.kind() == Flag.Kind.SWITCH && Words.truth(value).isEmpty()) {
            throw Failure.local("-" + flag.name() + " is true or false");
        }
        if (flag.kind() == Flag.Kind.NUMBER) {
            boolean digits = !value.isEmpty() && value.length() <= 18;
            for (int i = 0; i < value.length(); i++) {
                digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
            }
            if (!digits) {
                throw Failure.local("-" + flag.name() + " is a whole number, 0 or more");
            }
        }
    }
}
