// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Observer;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/// One life of a store: transactions inside the first runs of others, a log that writes when the dice
/// say so, failures, crashes and openings. It is compared with a model that runs everything one after
/// the other.
final class Simulation {
    private static final int STEPS = 60;
    private static final int DEEPEST = 3;

    private final boolean checked;
    private final Random dice;
    private final ManualExecutor log = new ManualExecutor();
    private FaultyDisk disk;
    private Committer storage;

    /// The model after each commit of this committer; the first is what the disk held when it was opened.
    private final List<Model> states = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private int durable;

    /// @param states how many model states there were with it: it is durable when the last of them is
    private record Pending(CompletionStage<String> stage, int states, String answer) {}

    /// @param checked whether the committer's conflict check is switched on
    Simulation(long seed, boolean checked) {
        this.checked = checked;
        dice = new Random(seed);
        disk = new FaultyDisk(dice, dice.nextInt(3) == 0 ? 0.02 : 0);
        storage = open();
        states.add(new Model());
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            step(0);
        }
        crashAndReopen();
    }

    private void step(int depth) {
        switch (dice.nextInt(12)) {
            case 0, 1, 2 -> {
                log.runOne();
                checkDurable();
            }
            case 3, 4 -> read();
            case 5 -> {
                if (depth == 0 && dice.nextInt(4) == 0) {
                    crashAndReopen();
                }
            }
            default -> write(depth);
        }
    }

    private void read() {
        Script script = new Script(dice.nextLong(), false);
        storage.read(reader -> {
            Model shown = states.get((int) (reader.version() - Acceptance.FIRST));
            assertThat(reader.version()).isGreaterThanOrEqualTo(Acceptance.FIRST + durable);
            assertThat(script.run(reader)).isEqualTo(script.run(shown.reader()));
            return 0;
        });
    }

    /// Inside its first run other things happen, those that it will conflict with included.
    private void write(int depth) {
        Script script = new Script(dice.nextLong(), true);
        boolean breaks = dice.nextInt(15) == 0;
        int[] runs = new int[1];
        long[] version = new long[1];
        List<String> answers = new ArrayList<>();
        CompletionStage<String> stage = storage.write(writer -> {
            version[0] = writer.version();
            boolean first = runs[0]++ == 0;
            String answer = script.run(writer, () -> {
                if (first && depth < DEEPEST && dice.nextInt(3) == 0) {
                    step(depth + 1);
                }
            });
            answers.add(answer);
            if (breaks) {
                throw new Breaks(answer);
            }
            return answer;
        });
        if (runs[0] == 0) {
            assertThat(Entries.failure(stage)).isInstanceOf(StorageUnavailableException.class);
            return;
        }
        if (answers.isEmpty()) { // a check inside it has failed
            throw new AssertionError(Entries.failure(stage).getMessage(), Entries.failure(stage));
        }
        assertThat(runs[0]).isBetween(1, 2);
        accepted(script, breaks, runs[0], version[0], answers.getLast(), stage);
    }

    private void accepted(
            Script script, boolean breaks, int runs, long version, String answer, CompletionStage<String> stage) {
        if (runs == 1 && Entries.isDone(stage)) { // a pure read, a failure, or refused at the door
            Model shown = states.get((int) (version - Acceptance.FIRST));
            assertThat(answer).isEqualTo(script.run(shown.copy().writer(), () -> {}));
            return;
        }
        Model last = states.getLast();
        Model next = last.copy();
        assertThat(answer).as("serial answer").isEqualTo(script.run(next.writer(), () -> {}));
        if (!breaks && next.wrote()) {
            states.add(next);
        }
        pending.add(new Pending(stage, states.size(), answer));
    }

    /// Each answer is given when what it says is durable, and not before.
    private void checkDurable() {
        durable = (int) (storage.<Long>read(Reader::version) - Acceptance.FIRST);
        for (Pending waiting : List.copyOf(pending)) {
            if (!Entries.isDone(waiting.stage())) {
                assertThat(waiting.states() - 1).as("durable and unanswered").isGreaterThanOrEqualTo(durable);
                continue;
            }
            pending.remove(waiting);
            Optional<Throwable> failure = failure(waiting.stage());
            if (failure.isEmpty() || failure.get() instanceof Breaks) {
                assertThat(waiting.states() - 1).as("answered and not durable").isLessThanOrEqualTo(durable);
                assertThat(failure.map(Throwable::getMessage).orElseGet(() -> Entries.done(waiting.stage())))
                        .isEqualTo(waiting.answer());
            } else {
                assertThat(failure.get()).isInstanceOf(OutcomeUnknownException.class);
            }
        }
    }

    private static Optional<Throwable> failure(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isCompletedExceptionally()
                ? Optional.of(Entries.failure(stage))
                : Optional.empty();
    }

    /// What is there afterwards is the state after some commit, none older than what was answered.
    private void crashAndReopen() {
        checkDurable();
        log.forget();
        disk = disk.reopen();
        storage = open();
        Model found = Model.of(storage);
        int at = states.size() - 1;
        while (at >= durable && !states.get(at).equals(found)) {
            at--;
        }
        assertThat(at).as("the state after a crash is none of those it can be").isGreaterThanOrEqualTo(durable);
        for (Scope scope : Script.SCOPES) {
            assertThat(Entries.totals(storage, scope)).isEqualTo(Entries.count(storage, scope));
        }
        states.clear();
        states.add(found);
        pending.clear();
        durable = 0;
    }

    private Committer open() {
        disk.meanwhile(() -> {
            if (dice.nextInt(3) == 0) {
                write(DEEPEST);
            }
        });
        return checked ? new Committer(disk, log, Observer.none(), Time.system()) : BlindStamps.committer(disk, log);
    }

    private static final class Breaks extends RuntimeException {
        private static final long serialVersionUID = 1;

        Breaks(String answer) {
            super(answer);
        }
    }
}
