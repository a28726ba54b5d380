// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A device that a test answers for.
public final class HandDevice implements AuditDevice {
    /// What it does with what it is handed.
    public enum Mood {
        WRITES,
        FAILS,
        WAITS,
        THROWS
    }

    public final List<byte[]> handed = new ArrayList<>();
    public final List<CompletableFuture<Void>> open = new ArrayList<>();
    public volatile Mood mood = Mood.WRITES;
    boolean reopens = true;

    private final String name;
    private final AuditOptions options;

    public HandDevice(String name) {
        this(name, AuditOptions.DEFAULT);
    }

    public HandDevice(String name, AuditOptions options) {
        this.name = name;
        this.options = options;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AuditOptions options() {
        return options;
    }

    @Override
    public CompletionStage<Void> write(byte[] lines) {
        handed.add(lines);
        CompletableFuture<Void> done = new CompletableFuture<>();
        switch (mood) {
            case WRITES -> done.complete(null);
            case FAILS -> done.completeExceptionally(new IllegalStateException("no space left"));
            case WAITS -> open.add(done);
            case THROWS -> throw new IllegalStateException("a defect");
        }
        return done;
    }

    @Override
    public CompletionStage<Void> reopen() {
        return reopens
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IllegalStateException("no such directory"));
    }

    public void answerAll() {
        List<CompletableFuture<Void>> waiting = List.copyOf(open);
        open.clear();
        waiting.forEach(done -> done.complete(null));
    }

    public byte[] last() {
        return handed.getLast();
    }

    public String text() {
        StringBuilder all = new StringBuilder();
        handed.forEach(lines -> all.append(new String(lines, StandardCharsets.UTF_8)));
        return all.toString();
    }
}
