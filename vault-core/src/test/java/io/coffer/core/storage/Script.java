// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.List;
import java.util.Random;

/// A transaction made of dice: does the same again in each run, and what it does depends on what it
/// reads.
record Script(long seed, boolean writes) {
    static final List<Scope> SCOPES = List.of(Entries.SCOPE, Scope.SYSTEM, Scope.KEYS);
    private static final String[] NAMES = {"a", "b", "a-", "é", "a/", "b/"};

    /// What it read, in one line.
    String run(Reader<Ciphertext> reader) {
        Random dice = new Random(seed);
        StringBuilder seen = new StringBuilder();
        for (int i = dice.nextInt(4); i >= 0; i--) {
            look(reader, dice, seen);
        }
        return seen.toString();
    }

    String run(Writer<Ciphertext> writer, Runnable between) {
        Random dice = new Random(seed);
        StringBuilder seen = new StringBuilder();
        for (int i = dice.nextInt(5); i >= 0; i--) {
            between.run();
            if (dice.nextInt(5) < 3) {
                look(writer, dice, seen);
            } else if (writes) {
                change(writer, dice, seen.toString());
            }
        }
        return seen.toString();
    }

    private static void look(Reader<Ciphertext> reader, Random dice, StringBuilder seen) {
        Folder folder = folder(dice);
        int limit = 1 + dice.nextInt(4);
        String after = dice.nextInt(3) == 0 ? NAMES[dice.nextInt(NAMES.length)] : "";
        switch (dice.nextInt(4)) {
            case 0 -> seen.append(reader.list(folder, after, limit));
            case 1 -> seen.append(reader.scan(folder, after, limit));
            default ->
                seen.append(reader.get(key(dice))
                        .map(value -> value.term() + Entries.text(value))
                        .orElse("-"));
        }
        seen.append(';');
    }

    private static void change(Writer<Ciphertext> writer, Random dice, String seen) {
        StorageKey key = key(dice);
        int term = 1 + dice.nextInt(2);
        switch (dice.nextInt(12)) {
            case 0 -> writer.clear(Folder.of(key.scope()));
            case 1, 2, 3 -> writer.delete(key);
            default -> writer.put(key, Entries.value(term, Integer.toHexString(seen.hashCode() ^ dice.nextInt(9))));
        }
    }

    private static Folder folder(Random dice) {
        Folder root = Folder.of(SCOPES.get(dice.nextInt(SCOPES.size())));
        return switch (dice.nextInt(4)) {
            case 0 -> root.folder("a");
            case 1 -> root.folder("a/b");
            default -> root;
        };
    }

    private static StorageKey key(Random dice) {
        return folder(dice).key(NAMES[dice.nextInt(4)]);
    }
}
