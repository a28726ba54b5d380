// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Terminal;
import io.coffer.server.cli.Words;
import java.io.PrintStream;
import java.util.Locale;

/// How far something came, on standard error: a bar that grows at a terminal, else a line now and then.
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final int LINES_EVERY = 10;

    private final PrintStream err;
    private final boolean terminal;
    private int shown;
    private int length;

    Progress(Terminal terminal) {
        this(terminal.err(), terminal.outputIsTerminal());
    }

    /// @param terminal whether somebody looks on
    public Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /// Shows nothing as long as nobody knows of how many.
    public void show(long done, long all, String noun, String rest) {
        if (all == 0) {
            return;
        }
        double part = Math.min(1, (double) done / all);
        String text = String.format(
                Locale.ROOT, "%3d %%  %d of %d %s, %s", (int) (100 * part), done, all, noun, Words.harmless(rest));
        if (terminal) {
            int full = (int) (WIDTH * part);
            String bar = "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + text;
            err.print("\r" + bar + " ".repeat(Math.max(0, length - bar.length())));
            err.flush();
            length = bar.length();
        } else if (shown % LINES_EVERY == 0) {
            err.println(text.strip());
        }
        shown++;
    }

    @Override
    public void close() {
        if (length > 0) {
            err.println();
        }
    }
}
