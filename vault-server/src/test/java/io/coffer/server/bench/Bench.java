// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// {@code scripts/bench}: what it is asked for, and where.
final class Bench {
    private final Path root;
    private final Path room;
    private final List<String> flags;

    private Bench(Path root, Path room, List<String> flags) {
        this.root = root;
        this.room = room;
        this.flags = flags;
    }

    /// @param arguments the root of the repository, a directory on the disk in question, then flags
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> flags = List.of(arguments).subList(2, arguments.length);
        new Bench(Path.of(arguments[0]), Path.of(arguments[1]), flags).run();
    }

    private void run() throws IOException, InterruptedException {
        if (flags.contains("--scale")) {
            new Scale(root, room, Scale.Things.SECRETS, count(1_000_000)).run();
        } else if (flags.contains("--tokens")) {
            new Scale(root, room, Scale.Things.TOKENS, count(1_000_000)).run();
        } else if (flags.contains("--mounts")) {
            new Scale(root, room, Scale.Things.MOUNTS, count(Callers.MOUNTS)).run();
        } else if (flags.contains("--callers")) {
            new Callers(root, room, count(Callers.MOUNTS), rounds(), span()).run();
        } else if (flags.contains("--leases")) {
            new Expiry(root, room, count(100_000)).run();
        } else if (flags.contains("--census")) {
            new CensusCost(room, 2 * rounds(), span()).run();
        } else if (flags.contains("--ceremonies")) {
            new KeyChanges(root, room, rounds(), span()).run();
        } else if (flags.contains("--rewrap")) {
            new Rewraps(root, room, count(200_000), rounds()).run();
        } else {
            new Rounds(root, room, new Rounds.Plan(rounds(), span(), flags.contains("--all"))).run();
        }
    }

    private int rounds() {
        return number("--rounds", 5);
    }

    private Duration span() {
        return Duration.ofMillis(number("--millis", 2_000));
    }

    private int count(int otherwise) {
        return number("--count", otherwise);
    }

    private int number(String name, int otherwise) {
        return flags.stream()
                .filter(flag -> flag.startsWith(name + "="))
                .map(flag -> Integer.parseInt(flag.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }
}
