// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/// The figures as a table: rates, and below each what it is of something else, with the aim.
final class Report {
    static final String BARE = "bare Vert.x server";
    static final String READ = "read of 1 KiB";
    static final String WRITE = "write of 1 KiB";
    static final String AUDITED = ", audited";
    static final String TLS = ", TLS";
    static final String APPENDS = "synced appends";
    static final String START = "start to first answer";
    static final String COMMAND = "client command";
    static final String RESIDENT = "resident at rest";
    static final String RESIDENT_UNDER_LOAD = "resident under load";
    static final String HEAP = "heap under load";

    private final Figures figures;
    private final Rounds.Plan plan;
    private final Load load;
    private final StringBuilder text = new StringBuilder();

    Report(Figures figures, Rounds.Plan plan, Load load) {
        this.figures = figures;
        this.plan = plan;
        this.load = load;
    }

    static String at(String name, int connections) {
        return name + " at " + connections;
    }

    void print(PrintStream out) {
        add(
                "Java %s, %d processors; %s; medians of %d rounds, %d ms each rate",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                load.name(),
                plan.rounds(),
                plan.step().toMillis());
        add("%-36s%12s%12s%12s", "connections", "1", "8", "64");
        rates(BARE);
        add("%-36s%12.0f", APPENDS + " of " + Appends.BYTES + " bytes/s", figures.median(APPENDS));
        reads("");
        writes("");
        if (plan.all()) {
            reads(AUDITED);
            ratios("  of the read without audit", c -> ratio(READ + AUDITED, c, READ, c), "0.9");
            writes(AUDITED);
            rates(BARE + TLS);
            rates(READ + TLS);
            ratios("  of the bare server with TLS", c -> ratio(READ + TLS, c, BARE + TLS, c), "");
        }
        sizes();
        out.print(text);
    }

    private void reads(String kind) {
        rates(READ + kind);
        ratios("  of the bare server", c -> ratio(READ + kind, c, BARE, c), "0.40");
    }

    private void writes(String kind) {
        rates(WRITE + kind);
        ratios("  of one writer", c -> ratio(WRITE + kind, c, WRITE + kind, 1), "6 at 64");
        ratios("  of the synced appends", c -> figures.ratio(at(WRITE + kind, c), APPENDS), "0.5 at 1, 2 at 64");
    }

    private void sizes() {
        add("%-36s%12.2f s%28s", START, figures.median(START), "aim 1.00");
        add("%-36s%12.2f s%28s", COMMAND, figures.median(COMMAND), "aim 0.30");
        add("%-36s%12.0f MiB%26s", RESIDENT, figures.median(RESIDENT), "aim 160");
        add("%-36s%12.0f MiB", RESIDENT_UNDER_LOAD, figures.median(RESIDENT_UNDER_LOAD));
        add("%-36s%12.0f MiB%26s", HEAP, figures.median(HEAP), "aim 256");
    }

    private double ratio(String name, int connections, String base, int baseConnections) {
        return figures.ratio(at(name, connections), at(base, baseConnections));
    }

    private void rates(String name) {
        add(
                "%-36s%12.0f%12.0f%12.0f",
                name + "/s", figures.median(at(name, 1)), figures.median(at(name, 8)), figures.median(at(name, 64)));
    }

    private void ratios(String name, IntToDoubleFunction ratio, String aim) {
        add(
                "%-36s%12.2f%12.2f%12.2f   %s",
                name,
                ratio.applyAsDouble(1),
                ratio.applyAsDouble(8),
                ratio.applyAsDouble(64),
                aim.isEmpty() ? "" : "aim " + aim);
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
