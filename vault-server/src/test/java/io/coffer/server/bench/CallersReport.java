// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.PrintStream;
import java.util.Locale;

/// What {@link Callers} has measured, beside what is aimed at.
final class CallersReport {
    static final String BARE = "bare Vert.x server";
    static final String ROOT = "read of 1 KiB, root token";
    static final String TWO = "read, token of two policies";
    static final String AUDITED = "the same, audited";
    static final String RULES = String.format(Locale.ROOT, "read, policy of %,d rules", Callers.RULES);
    static final String POLICIES = "read, token of " + Callers.POLICIES + " policies";
    static final String CROWDED = "read among many mounts";
    static final String WRITE = "write of 1 KiB";
    static final String HASHING = "passwords hashed, one thread";
    static final String USERPASS = "login by userpass";
    static final String APPROLE = "login by approle";
    static final String CREATE = "token created";
    static final String REVOKE = "token revoked";

    private final Figures figures;
    private final int mounts;

    CallersReport(Figures figures, int mounts) {
        this.figures = figures;
        this.mounts = mounts;
    }

    void print(PrintStream out, String load, int rounds, long millis) {
        Table table = new Table(figures);
        table.title(load, rounds, millis);
        table.line("%-36s%12s%12s%12s   many mounts are %d", "connections", "1", "8", "64", mounts);
        table.rates(BARE);
        table.rates(ROOT);
        table.ratios("  of the bare server", ROOT, BARE, "0.40");
        table.rates(TWO);
        table.ratios("  of the bare server", TWO, BARE, "0.35");
        table.rates(AUDITED);
        table.ratios("  of the read without audit", AUDITED, TWO, "0.9");
        for (String other : new String[] {RULES, POLICIES, CROWDED}) {
            table.rates(other);
            table.ratios("  of the read with two policies", other, TWO, "");
        }
        table.line("%-36s%12s", "connections", "64; of userpass 2");
        table.rate(WRITE);
        for (String change : new String[] {APPROLE, CREATE, REVOKE}) {
            table.rate(change);
            table.ratio("  of the writes", change, WRITE, "");
        }
        table.rate(HASHING);
        table.rate(USERPASS);
        table.ratio("  of hashing alone", USERPASS, HASHING, "");
        table.print(out);
    }
}
