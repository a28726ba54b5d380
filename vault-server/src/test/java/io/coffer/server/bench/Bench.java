// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// {@code scripts/bench}: what it is asked for, and where.
final class Bench {
    private Bench() {}

    /// @param arguments the root of the repository, a directory on the disk in question, then flags
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]);
        Path room = Path.of(arguments[1]);
        List<String> flags = List.of(arguments).subList(2, arguments.length);
        if (flags.contains("--scale")) {
            new Scale(root, room, number(flags, "--secrets", 1_000_000)).run();
        } else if (flags.contains("--ceremonies")) {
            new KeyChanges(
                            root,
                            room,
                            number(flags, "--rounds", 5),
                            Duration.ofMillis(number(flags, "--millis", 2_000)))
                    .run();
        } else if (flags.contains("--rewrap")) {
            new Rewraps(root, room, number(flags, "--secrets", 200_000), number(flags, "--rounds", 5)).run();
        } else {
            new Rounds(
                            root,
                            room,
                            new Rounds.Plan(
                                    number(flags, "--rounds", 5),
                                    Duration.ofMillis(number(flags, "--millis", 2_000)),
                                    flags.contains("--all")))
                    .run();
        }
    }

    private static int number(List<String> flags, String name, int otherwise) {
        return flags.stream()
                .filter(flag -> flag.startsWith(name + "="))
                .map(flag -> Integer.parseInt(flag.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }
}
