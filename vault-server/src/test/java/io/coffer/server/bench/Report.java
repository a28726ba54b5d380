// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.PrintStream;

/// What {@link Rounds} has measured, beside what is aimed at.
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
    private final Table table;

    Report(Figures figures, Rounds.Plan plan, Load load) {
        this.figures = figures;
        this.plan = plan;
        this.load = load;
        this.table = new Table(figures);
    }

    void print(PrintStream out) {
        table.title(load.name(), plan.rounds(), plan.step().toMillis());
        table.line("%-36s%12s%12s%12s", "connections", "1", "8", "64");
        table.rates(BARE);
        table.line("%-36s%12.0f", APPENDS + " of " + Appends.BYTES + " bytes/s", figures.median(APPENDS));
        reads("");
        writes("");
        if (plan.all()) {
            reads(AUDITED);
            table.ratios("  of the read without audit", READ + AUDITED, READ, "0.9");
            writes(AUDITED);
            table.rates(BARE + TLS);
            table.rates(READ + TLS);
            table.ratios("  of the bare server with TLS", READ + TLS, BARE + TLS, "");
        }
        sizes();
        table.print(out);
    }

    private void reads(String kind) {
        table.rates(READ + kind);
        table.ratios("  of the bare server", READ + kind, BARE, "0.40");
    }

    private void writes(String kind) {
        table.rates(WRITE + kind);
        table.ratios(
                "  of one writer", c -> figures.ratio(Table.at(WRITE + kind, c), Table.at(WRITE + kind, 1)), "6 at 64");
        table.ratios(
                "  of the synced appends", c -> figures.ratio(Table.at(WRITE + kind, c), APPENDS), "0.5 at 1, 2 at 64");
    }

    private void sizes() {
        table.line("%-36s%12.2f s%28s", START, figures.median(START), "aim 1.00");
        table.line("%-36s%12.2f s%28s", COMMAND, figures.median(COMMAND), "aim 0.30");
        table.line("%-36s%12.0f MiB%26s", RESIDENT, figures.median(RESIDENT), "aim 160");
        table.line("%-36s%12.0f MiB", RESIDENT_UNDER_LOAD, figures.median(RESIDENT_UNDER_LOAD));
        table.line("%-36s%12.0f MiB%26s", HEAP, figures.median(HEAP), "aim 256");
    }
}
