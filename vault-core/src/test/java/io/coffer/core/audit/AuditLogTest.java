// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Event;
import io.coffer.core.HandTime;
import io.coffer.core.Observer;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final Duration DEADLINE = AuditLimits.DEFAULT.deadline();
    private static final Duration REST = AuditLimits.DEFAULT.rest();

    private final HandDevice first = new HandDevice("first");
    private final HandDevice second = new HandDevice("second");
    private final HandTime time = new HandTime();
    private final List<Event> events = new ArrayList<>();
    private final AuditLog log = new AuditLog(List.of(first, second), AuditLimits.DEFAULT, time, events::add);
    private final OpenAudit store = new OpenAudit(log);
    private final AuditedRequest entry = store.read(reader -> log.request(reader, OpenAudit.facts(Json.NULL)));

    @Test
    void oneOfTwoDevicesIsEnough() {
        first.mood = HandDevice.Mood.FAILS;

        assertThat(write()).isCompleted();
        assertThat(second.handed).hasSize(1);
        assertThat(events).containsExactly(new Event.AuditDeviceFailed("first", "no space left"));
    }

    @Test
    void whenAllFailTheEntryFails() {
        first.mood = HandDevice.Mood.FAILS;
        second.mood = HandDevice.Mood.THROWS;

        assertThat(write()).isCompletedExceptionally().failsWithin(Duration.ZERO);
        assertThatThrownBy(() -> write().join()).hasCauseInstanceOf(AuditFailedException.class);
    }

    @Test
    void aSlowDeviceHoldsUpNobodyBesideOneThatWrites() {
        first.mood = HandDevice.Mood.WAITS;

        assertThat(write()).isCompleted();
    }

    @Test
    void anEntryWaitsForAllSlowDevicesUntilTheDeadlineAndNoLonger() {
        first.mood = HandDevice.Mood.WAITS;
        second.mood = HandDevice.Mood.WAITS;
        CompletableFuture<Void> early = write();
        time.pass(DEADLINE.minusMillis(1));
        log.tick();
        CompletableFuture<Void> late = write();
        assertThat(early).isNotDone();
        time.pass(Duration.ofMillis(1));
        log.tick();

        assertThat(early).isCompletedExceptionally();
        assertThat(late).isNotDone();
        assertThat(events).hasSize(2).allMatch(event -> event instanceof Event.AuditDeviceFailed);
        second.answerAll();
        assertThat(late).isCompleted();
        assertThat(early).isCompletedExceptionally();
    }

    @Test
    void aDeviceIsCutOffAsLongAsItOwesAnAnswerAndForTheRest() {
        first.mood = HandDevice.Mood.WAITS;
        hand();
        time.pass(DEADLINE);
        log.tick();
        time.pass(REST.multipliedBy(10));
        hand();
        assertThat(first.handed).as("it still owes").hasSize(1);

        first.answerAll();
        first.mood = HandDevice.Mood.WRITES;
        hand();
        assertThat(first.handed).hasSize(2);
        assertThat(events).contains(new Event.AuditDeviceRecovered("first", 2));
    }

    @Test
    void aDeviceThatFailedIsLeftAloneForAWhile() {
        first.mood = HandDevice.Mood.FAILS;
        hand();
        first.mood = HandDevice.Mood.WRITES;
        time.pass(REST.minusMillis(1));
        hand();
        assertThat(first.handed).hasSize(1);
        time.pass(Duration.ofMillis(1));
        hand();

        assertThat(first.handed).hasSize(2);
        assertThat(events)
                .containsExactly(
                        new Event.AuditDeviceFailed("first", "no space left"),
                        new Event.AuditDeviceRecovered("first", 2));
    }

    @Test
    void reopeningGivesADeviceAnotherChanceAtOnce() {
        first.mood = HandDevice.Mood.FAILS;
        hand();
        first.mood = HandDevice.Mood.WRITES;
        first.reopens = false;
        log.reopen();
        hand();
        assertThat(first.handed).as("it could not be opened").hasSize(1);
        first.reopens = true;
        log.reopen();
        hand();

        assertThat(first.handed).hasSize(2);
        assertThat(events).contains(new Event.AuditDeviceFailed("first", "cannot open anew: no such directory"));
    }

    @Test
    void aDeviceThatFailsOverAndOverIsReportedOnce() {
        first.mood = HandDevice.Mood.WAITS;
        for (int i = 0; i < 5; i++) {
            hand();
        }
        first.open.forEach(done -> done.completeExceptionally(new IllegalStateException("gone")));

        assertThat(events).containsExactly(new Event.AuditDeviceFailed("first", "gone"));
    }

    @Test
    void entriesHandedOverTogetherArriveAsOnePieceInTheirOrder() {
        log.write(entry, log.ended(entry, "one"), log.ended(entry, "two"));

        assertThat(first.handed).hasSize(1);
        assertThat(first.text().lines().map(AuditLogTest::kind)).containsExactly("request", "one", "two");
    }

    @Test
    void withoutADeviceNothingIsMadeAndNothingFails() {
        AuditLog none = new AuditLog(List.of(), AuditLimits.DEFAULT, time, Observer.none());
        AuditedRequest empty = none.request(null, null);

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.write(empty, none.response(null, empty, null), none.ended(empty, "x"))
                        .toCompletableFuture())
                .isCompleted();
        none.notice(AuditNotice.refused(OpenAudit.incoming(Operation.READ, "x"), "Vault is sealed"));
        none.tick();
        none.flush();
        none.reopen();
    }

    @Test
    void tooManyDevicesOddNamesAndTwinsAreRefused() {
        List<AuditDevice> many = new ArrayList<>();
        for (int i = 0; i <= AuditLimits.DEFAULT.devices(); i++) {
            many.add(new HandDevice("d" + i));
        }
        assertThatThrownBy(() -> log(many)).hasMessage("17 audit devices; there may be at most 16");
        assertThatThrownBy(() -> log(List.of(new HandDevice("a"), new HandDevice("a"))))
                .hasMessageContaining("two audit devices");
        for (String name : List.of("", "a/b", "a b", "\u00e9", "x".repeat(129))) {
            assertThatThrownBy(() -> log(List.of(new HandDevice(name))))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private AuditLog log(List<AuditDevice> devices) {
        return new AuditLog(devices, AuditLimits.DEFAULT, time, Observer.none());
    }

    private CompletableFuture<Void> write() {
        return log.write(entry).toCompletableFuture();
    }

    private void hand() {
        log.write(entry);
    }

    private static String kind(String line) {
        Json.Obj parsed = OpenAudit.parsed((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return parsed.get("error") instanceof Json.Str error ? error.value() : ((Json.Str) parsed.get("type")).value();
    }
}
