// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.audit.AuditOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final SinkLimits FEW = new SinkLimits(3, 100, AMPLE);

    @TempDir
    Path temporary;

    @Test
    void whatWaitsIsWrittenAtOnceAndInOrder() throws IOException, InterruptedException {
        StubTarget target = new StubTarget(true);
        StringBuilder expected = new StringBuilder("first\n");
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (FileSink sink = start(target, SinkLimits.DEFAULT)) {
            all.add(write(sink, "first\n"));
            assertThat(target.entered.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 1000; i++) {
                all.add(write(sink, "line " + i + "\n"));
                expected.append("line ").append(i).append('\n');
            }
            assertThat(all).noneMatch(CompletableFuture::isDone);
            target.go.countDown();
            all.forEach(done -> assertThat(done).succeedsWithin(AMPLE));
        }

        assertThat(target.text()).isEqualTo(expected.toString());
        assertThat(target.calls()).isEqualTo(2);
    }

    @Test
    void linesLongerThanTheBufferComeWhole() throws IOException {
        StubTarget target = new StubTarget(false);
        String huge = "x".repeat(3_000_001) + "\n";
        try (FileSink sink = start(target, SinkLimits.DEFAULT)) {
            CompletableFuture<Void> first = write(sink, huge);
            CompletableFuture<Void> second = write(sink, "short\n");
            assertThat(first).succeedsWithin(AMPLE);
            assertThat(second).succeedsWithin(AMPLE);
        }

        assertThat(target.text()).isEqualTo(huge + "short\n");
    }

    @Test
    void theQueueIsBoundedInEntriesAndInBytes() throws IOException, InterruptedException {
        StubTarget target = new StubTarget(true);
        try (FileSink sink = start(target, FEW)) {
            write(sink, "held\n").isDone();
            assertThat(target.entered.await(20, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<Void>> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                taken.add(write(sink, i + "\n"));
            }
            assertThat(write(sink, "4\n")).isCompletedExceptionally();
            target.go.countDown();
            taken.forEach(done -> assertThat(done).succeedsWithin(AMPLE));
        }
        StubTarget other = new StubTarget(true);
        try (FileSink sink = start(other, FEW)) {
            write(sink, "held\n").isDone();
            assertThat(other.entered.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> fits = write(sink, "x".repeat(99) + "\n");
            assertThat(write(sink, "\n")).isCompletedExceptionally();
            other.go.countDown();
            assertThat(fits).succeedsWithin(AMPLE);
        }
    }

    @Test
    void aFullDiskFailsWhatDidNotFitAndOnlyThat() throws IOException {
        StubTarget target = new StubTarget(true);
        try (FileSink sink = start(target, SinkLimits.DEFAULT)) {
            CompletableFuture<Void> held = write(sink, "held\n");
            CompletableFuture<Void> fits = write(sink, "fits\n");
            CompletableFuture<Void> cut = write(sink, "is cut\n");
            CompletableFuture<Void> not = write(sink, "is not there\n");
            target.room.set(12);
            target.go.countDown();

            assertThat(held).succeedsWithin(AMPLE);
            assertThat(fits).succeedsWithin(AMPLE);
            assertThat(cut).failsWithin(AMPLE).withThrowableThat().withMessageContaining("No space left");
            assertThat(not).failsWithin(AMPLE);
            assertThat(target.text()).isEqualTo("held\nfits\nis");

            target.room.set(1000);
            assertThat(write(sink, "later\n")).succeedsWithin(AMPLE);
        }
        assertThat(target.text()).isEqualTo("held\nfits\nis\nlater\n");
    }

    @Test
    void aTargetThatDoesNotOpenFailsTheEntryAndIsTriedAgainWithTheNext() throws IOException {
        StubTarget target = new StubTarget(false);
        try (FileSink sink = start(target, SinkLimits.DEFAULT)) {
            target.room.set(0);
            assertThat(write(sink, "1\n")).failsWithin(AMPLE);
            target.room.set(1000);
            target.opens = false;
            assertThat(write(sink, "2\n")).failsWithin(AMPLE);
            assertThat(sink.reopen()).failsWithin(AMPLE);
            target.opens = true;
            assertThat(write(sink, "3\n")).succeedsWithin(AMPLE);
        }
        assertThat(target.text()).isEqualTo("3\n");
    }

    @Test
    void afterARotationLinesGoToTheNewFile() throws IOException {
        Path file = temporary.toRealPath().resolve("audit.log");
        Path rotated = file.resolveSibling("audit.log.1");
        try (FileSink sink = start(new AuditFile(file), SinkLimits.DEFAULT)) {
            assertThat(write(sink, "one\n")).succeedsWithin(AMPLE);
            Files.move(file, rotated);
            assertThat(write(sink, "two\n")).succeedsWithin(AMPLE);
            assertThat(sink.reopen()).succeedsWithin(AMPLE);
            assertThat(write(sink, "three\n")).succeedsWithin(AMPLE);
        }

        assertThat(rotated).hasContent("one\ntwo\n");
        assertThat(file).hasContent("three\n");
    }

    @Test
    void aReopeningThatFailsKeepsTheOldFile() throws IOException {
        Path file = temporary.toRealPath().resolve("audit.log");
        Path rotated = file.resolveSibling("audit.log.1");
        try (FileSink sink = start(new AuditFile(file), SinkLimits.DEFAULT)) {
            Files.move(file, rotated);
            Files.createSymbolicLink(file, rotated);
            assertThat(sink.reopen()).failsWithin(AMPLE);
            assertThat(write(sink, "one\n")).succeedsWithin(AMPLE);
        }

        assertThat(rotated).hasContent("one\n");
    }

    @Test
    void aLineCutOffByAKillIsEndedFirst() throws IOException {
        Path file = Files.writeString(temporary.toRealPath().resolve("audit.log"), "{\"time\":\"20");
        try (FileSink sink = start(new AuditFile(file), SinkLimits.DEFAULT)) {
            assertThat(write(sink, "one\n")).succeedsWithin(AMPLE);
            assertThat(write(sink, "two\n")).succeedsWithin(AMPLE);
        }

        assertThat(file).hasContent("{\"time\":\"20\none\ntwo\n");
    }

    @Test
    void closingWritesWhatWaitsAndRefusesTheRest() throws IOException {
        StubTarget target = new StubTarget(true);
        FileSink sink = start(target, SinkLimits.DEFAULT);
        CompletableFuture<Void> before = write(sink, "before\n");
        target.go.countDown();
        sink.close();

        assertThat(before).isCompleted();
        assertThat(write(sink, "after\n")).isCompletedExceptionally();
        assertThat(sink.reopen()).isCompletedExceptionally();
        assertThat(target.text()).isEqualTo("before\n");
    }

    @Test
    void aTargetThatDoesNotOpenDoesNotStart() {
        StubTarget target = new StubTarget(false);
        target.opens = false;

        assertThatThrownBy(() -> start(target, SinkLimits.DEFAULT)).isInstanceOf(IOException.class);
    }

    private static FileSink start(Target target, SinkLimits limits) throws IOException {
        return FileSink.start("file", AuditOptions.DEFAULT, target, limits);
    }

    private static CompletableFuture<Void> write(FileSink sink, String lines) {
        return sink.write(lines.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
    }
}
