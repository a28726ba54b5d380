// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import io.coffer.core.request.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Columns for people and for scripts that split at two blanks: a head, dashes below it, four blanks
/// between.
public final class Table {
    private static final String GAP = "    ";

    private final List<String[]> rows = new ArrayList<>();

    /// A table with the head `Key`, `Value`.
    public static Table ofValues() {
        return new Table().head("Key", "Value");
    }

    /// The first row, and dashes as long as each of its words.
    public Table head(String... words) {
        String[] dashes = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            dashes[i] = "-".repeat(words[i].length());
        }
        return row(words).row(dashes);
    }

    /// An empty cell shows as `n/a`.
    public Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /// A row for each member, under its name as people write it: `max_bytes` is Max Bytes.
    public Table members(Json.Obj object) {
        object.members().forEach((name, value) -> row(spoken(name), Scalars.cell(value)));
        return this;
    }

    private static String spoken(String name) {
        return Stream.of(name.split("_", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    /// How many rows there are, the head and its dashes included.
    public int size() {
        return rows.size();
    }

    /// Ends with a line break.
    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                int width = width(shown(row[i]));
                if (i == widths.size()) {
                    widths.add(width);
                } else if (widths.get(i) < width) {
                    widths.set(i, width);
                }
            }
        }
        StringBuilder table = new StringBuilder(256);
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                String cell = shown(row[i]);
                table.append(cell);
                if (i < row.length - 1) {
                    table.append(" ".repeat(widths.get(i) - width(cell))).append(GAP);
                }
            }
            table.append('\n');
        }
        return table.toString();
    }

    /// `==== Title ====`, about as wide as what stands below it.
    public static String title(String title, int width) {
        int signs = width - title.length() - 2;
        if (signs <= 0) {
            signs = 4;
        }
        String side = "=".repeat((signs + 1) / 2);
        return side + " " + title + " " + side + "\n";
    }

    private static String shown(String cell) {
        return cell.isEmpty() ? "n/a" : cell;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
