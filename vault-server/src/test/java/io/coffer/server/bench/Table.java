// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/// Figures as text: a row of rates at one, eight and 64 connections, and below it what they are of something else,
/// with the aim.
final class Table {
    private final Figures figures;
    private final StringBuilder text = new StringBuilder();

    Table(Figures figures) {
        this.figures = figures;
    }

    /// The name of a figure at a number of connections.
    static String at(String name, int connections) {
        return name + " at " + connections;
    }

    /// What the figures below it are of.
    void title(String load, int rounds, long millis) {
        line(
                "Java %s, %d processors; %s; medians of %d rounds, %d ms each rate",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), load, rounds, millis);
    }

    void rates(String name) {
        line(
                "%-36s%12.0f%12.0f%12.0f",
                name + "/s", figures.median(at(name, 1)), figures.median(at(name, 8)), figures.median(at(name, 64)));
    }

    /// @param aim empty if there is none
    void ratios(String name, IntToDoubleFunction ratio, String aim) {
        line(
                "%-36s%12.2f%12.2f%12.2f   %s",
                name,
                ratio.applyAsDouble(1),
                ratio.applyAsDouble(8),
                ratio.applyAsDouble(64),
                aim.isEmpty() ? "" : "aim " + aim);
    }

    /// The ratios of one thing to another at the same number of connections.
    void ratios(String name, String above, String below, String aim) {
        ratios(name, connections -> figures.ratio(at(above, connections), at(below, connections)), aim);
    }

    /// A figure that stands alone.
    void rate(String name) {
        rate(name, name);
    }

    /// @param title what to call it
    void rate(String title, String name) {
        line("%-36s%12.0f", title + "/s", figures.median(name));
    }

    void ratio(String name, String above, String below, String aim) {
        line("%-36s%12.3f   %s", name, figures.ratio(above, below), aim.isEmpty() ? "" : "aim " + aim);
    }

    void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    void print(PrintStream out) {
        out.print(text);
    }
}
