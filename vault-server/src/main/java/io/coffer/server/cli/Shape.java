// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.ArrayList;
import java.util.List;

/// What a command takes: its own flags, beside the [GlobalFlags], and how many words.
///
/// @param words how they show in the help, such as `PATH [KEY=VALUE...]`
/// @param about what the command does, in sentences
/// @param least how few words there may be
/// @param most how many
public record Shape(String words, String about, List<Flag> flags, int least, int most) {
    public static final int ANY = Integer.MAX_VALUE;

    List<Flag> allFlags() {
        List<Flag> all = new ArrayList<>(flags);
        all.addAll(GlobalFlags.ALL);
        return all;
    }

    /// @throws Failure if there are too few or too many words
    void check(Arguments arguments) {
        int count = arguments.words().size();
        if (count < least) {
            throw Failure.local("Not enough arguments (expected " + expected() + ", got " + count + ")");
        }
        if (count > most) {
            throw Failure.local("Too many arguments (expected " + expected() + ", got " + count + ")");
        }
    }

    private String expected() {
        return least == most ? Integer.toString(least) : most == ANY ? least + " or more" : least + " to " + most;
    }
}
