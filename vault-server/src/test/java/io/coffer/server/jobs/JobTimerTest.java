// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.HandTime;
import io.coffer.core.Observer;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.TestVault;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class JobTimerTest {
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    private final TestVault vault = TestVault.open();
    private final HandTime time = vault.time();
    private final HandClockwork clockwork = new HandClockwork(time);
    private final List<Event> events = new ArrayList<>();

    /// When each step began, in milliseconds since the timer started, and whose it was.
    private final List<String> steps = new ArrayList<>();

    private final Duration start = time.elapsed();

    private record Stub(String name, Supplier<Optional<Duration>> work) implements Job {
        @Override
        public Optional<Duration> step(Barrier barrier) {
            return work.get();
        }
    }

    private Job job(String name, Supplier<Optional<Duration>> work) {
        return new Stub(name, () -> {
            steps.add(name + " " + time.elapsed().minus(start).toMillis());
            return work.get();
        });
    }

    private JobTimer started(Job... jobs) {
        JobTimer timer = new JobTimer(vault.vault(), List.of(jobs), time, events::add, clockwork);
        timer.start(() -> {});
        return timer;
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void aJobWithMoreToDoGoesOnAfterARestAsLongAsItsWorkAndOthersGetTheirTurnMeanwhile() {
        Supplier<Optional<Duration>> longStep = () -> {
            time.pass(Duration.ofMillis(30));
            return AT_ONCE;
        };
        started(job("long", longStep), job("short", () -> AT_ONCE));
        clockwork.pass(Duration.ofMillis(300));
        assertThat(steps)
                .startsWith("long 200", "short 230", "short 232", "short 234")
                .contains("long 260", "short 290");
        assertThat(steps.stream().filter(step -> step.startsWith("long"))).hasSize(2);
    }

    @Test
    void aJobThatSaysWhenToComeAgainIsLeftAloneUntilThenAndOneWithNothingToDoIsAskedSoon() {
        started(job("later", () -> Optional.of(Duration.ofSeconds(3))), job("idle", Optional::empty));
        clockwork.pass(Duration.ofMillis(3_199));
        assertThat(steps)
                .containsExactly(
                        "later 200", "idle 200", "idle 700", "idle 1200", "idle 1700", "idle 2200", "idle 2700");
        clockwork.pass(Duration.ofMillis(1));
        assertThat(steps).endsWith("later 3200", "idle 3200");
    }

    @Test
    void aSealedVaultIsLeftAloneAndWorkGoesOnWhenItIsUnsealed() {
        started(job("work", () -> AT_ONCE));
        vault.vault().seal();
        clockwork.pass(Duration.ofMinutes(10));
        assertThat(steps).isEmpty();
        vault.unseal();
        clockwork.pass(JobTimer.IDLE);
        assertThat(steps).isNotEmpty();
    }

    @Test
    void aStepDuringWhichTheVaultIsSealedIsNoFailure() {
        started(job("seals", () -> {
            throw new io.coffer.core.SecretClosedException();
        }));
        clockwork.pass(Duration.ofSeconds(10));
        assertThat(steps).hasSizeGreaterThan(15);
        assertThat(events).isEmpty();
    }

    @Test
    void aJobThatFailsComesAgainLaterEachTimeAndAtOnceAgainWhenItHasNotFailedForLong() {
        boolean[] broken = {true};
        started(job("flaky", () -> {
            if (broken[0] && steps.size() % 2 == 0) {
                throw new StackOverflowError("secret");
            }
            if (broken[0]) {
                throw new IllegalStateException("secret");
            }
            return AT_ONCE;
        }));
        clockwork.pass(Duration.ofMillis(200 + 1_000 + 2_000 + 4_000));
        assertThat(steps).containsExactly("flaky 200", "flaky 1200", "flaky 3200", "flaky 7200");
        assertThat(events).hasSize(4).allSatisfy(event -> assertThat(event.toString())
                .contains("flaky")
                .containsAnyOf("StackOverflowError", "IllegalStateException")
                .doesNotContain("secret"));
        clockwork.pass(Duration.ofHours(2));
        int before = steps.size();
        clockwork.pass(JobTimer.LONGEST_REST);
        assertThat(steps).hasSize(before + 1);
        broken[0] = false;
        clockwork.pass(JobTimer.LONGEST_REST.plus(JobTimer.FORGIVEN));
        broken[0] = true;
        events.clear();
        clockwork.pass(Duration.ofSeconds(2));
        assertThat(events).hasSize(2);
    }

    /// A job of rounds, each of as many good steps and then a failure.
    ///
    /// @param each how long a good step takes
    private Job rounds(int good, Duration each) {
        int[] step = {0};
        return job("rounds", () -> {
            if (step[0]++ % (good + 1) == good) {
                throw new StorageUnavailableException("a copy of the store lies there");
            }
            time.pass(each);
            return AT_ONCE;
        });
    }

    @Test
    void aJobThatFailsAfterEveryThreeGoodStepsComesAgainLaterEachTimeToo() {
        started(rounds(3, Duration.ofMillis(10)));
        clockwork.pass(Duration.ofMinutes(10));
        assertThat(events).hasSize(10);
        clockwork.pass(Duration.ofHours(24));
        assertThat(events).hasSizeBetween(10 + 24 * 60 / 5 - 2, 10 + 24 * 60 / 5);
    }

    @Test
    void aJobWhoseRoundsAreLongAndFailRestsBetweenThemAsLongAsAnother() {
        Duration round = Duration.ofMinutes(8);
        started(rounds(4, round.dividedBy(8))); // it rests as long again after each step
        clockwork.pass(Duration.ofHours(24));
        events.clear();
        clockwork.pass(round.plus(JobTimer.LONGEST_REST).multipliedBy(30));
        assertThat(events).hasSizeBetween(29, 31);
    }

    @Test
    void aJobThatFailsOnceAnHourRestsASecondAfterEachFailure() {
        Duration[] last = {time.elapsed()};
        started(job("hourly", () -> {
            if (time.elapsed().minus(last[0]).compareTo(Duration.ofHours(1)) >= 0) {
                last[0] = time.elapsed();
                throw new StorageUnavailableException("now and then");
            }
            return Optional.of(Duration.ofMillis(100));
        }));
        clockwork.pass(Duration.ofMillis(200));
        int untilThen = steps.size();
        clockwork.pass(Duration.ofHours(24).plusMinutes(1));
        assertThat(events).hasSize(24);
        assertThat(steps.size() - untilThen).isEqualTo((24 * 3_600 + 60) * 10 - 24 * 9);
    }

    @Test
    void aStepThatTakesLongAndFailsIsNoTimeWithoutAFailure() {
        started(job("slow", () -> {
            time.pass(JobTimer.FORGIVEN);
            throw new StorageUnavailableException("at the end");
        }));
        // Each rests at least as long as it worked; the next one shows that none was forgiven.
        clockwork.pass(JobTimer.FORGIVEN.multipliedBy(2 * 12));
        assertThat(events).hasSize(12);
    }

    @Test
    void aFaultOfTheDiskIsToldInItsOwnWordsWhichNameTheFile() {
        boolean[] gone = {false};
        started(job("work", () -> {
            gone[0] = !gone[0];
            throw gone[0]
                    ? new CorruptedException("7.sst is damaged")
                    : new StorageUnavailableException("the disk is full");
        }));
        clockwork.pass(Duration.ofMillis(1_200));
        assertThat(events)
                .containsExactly(
                        new Event.JobFailed("work", "7.sst is damaged"),
                        new Event.JobFailed("work", "the disk is full"));
    }

    @Test
    void whatRunsAtEveryTickRunsWhateverStateTheVaultIsInAndWhateverItThrows() {
        vault.vault().seal();
        int[] ticks = {0};
        new JobTimer(vault.vault(), List.of(), time, events::add, clockwork).start(() -> {
            ticks[0]++;
            throw new IllegalStateException("secret");
        });
        clockwork.pass(JobTimer.TICK.multipliedBy(10));
        assertThat(ticks[0]).isEqualTo(10);
        assertThat(events).hasSize(10);
    }

    @Test
    void closingEndsIt() {
        JobTimer timer = started();
        timer.close();
        assertThat(clockwork.closed).isTrue();
    }

    @Test
    void onAThreadOfItsOwnItRunsUntilItIsClosedEvenFromWithinAStep() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        JobTimer[] timer = new JobTimer[1];
        int[] count = {0};
        Job closes = new Stub("closes", () -> {
            if (++count[0] == 5) {
                timer[0].close();
                ended.countDown();
            }
            return AT_ONCE;
        });
        timer[0] = new JobTimer(vault.vault(), List.of(closes), Time.system(), Observer.none());
        timer[0].start(() -> {});
        ended.await();
        assertThat(count[0]).isEqualTo(5);
    }
}
