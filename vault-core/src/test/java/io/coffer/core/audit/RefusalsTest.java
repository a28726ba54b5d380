// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.HandTime;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HandDevice device = new HandDevice("file");
    private final HandTime time = new HandTime();
    private final List<Event> events = new ArrayList<>();
    private final AuditLog log = new AuditLog(List.of(device), AuditLimits.DEFAULT, time, events::add);

    @Test
    void equalRefusalsAreOneEntryASecondWithACount() {
        for (int i = 0; i < 1000; i++) {
            log.notice(refusal("secret/data/a"));
        }
        assertThat(counts()).containsExactly(1L);
        time.pass(SECOND);
        log.tick();
        assertThat(counts()).containsExactly(1L, 999L);
        log.notice(refusal("secret/data/a"));
        log.tick();
        assertThat(counts()).containsExactly(1L, 999L);
        time.pass(SECOND);
        log.tick();

        assertThat(counts()).containsExactly(1L, 999L, 1L);
    }

    @Test
    void afterAQuietSecondTheNextRefusalIsWrittenAtOnce() {
        log.notice(refusal("a"));
        time.pass(SECOND);
        log.tick();
        log.notice(refusal("a"));

        assertThat(counts()).containsExactly(1L, 1L);
    }

    @Test
    void differentRefusalsAreCountedApart() {
        log.notice(refusal("a"));
        log.notice(refusal("b"));
        log.notice(refusal("a").withShare(3, 1));
        log.notice(AuditNotice.refused(OpenAudit.incoming(Operation.READ, "a"), "another reason"));

        assertThat(counts()).hasSize(4);
    }

    @Test
    void whoeverVariesTheRefusalFillsNeitherMemoryNorDisk() {
        for (int i = 0; i < 100_000; i++) {
            log.notice(refusal("secret/" + i));
        }
        int limit = AuditLimits.DEFAULT.refusals();
        assertThat(device.handed).hasSize(limit + 1);
        time.pass(SECOND);
        log.tick();

        assertThat(device.handed).hasSize(limit + 2);
        assertThat(counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(100_000);
        assertThat(OpenAudit.at(OpenAudit.parsed(device.last()), "error")).isEqualTo(Json.of("other refusals"));
    }

    @Test
    void whatHappenedIsNeverCountedTogether() {
        AuditNotice share = AuditNotice.done(
                        OpenAudit.incoming(Operation.UPDATE, "sys/unseal"), "share accepted, 1 of 3")
                .withShare(2, 7);
        log.notice(share);
        log.notice(share);

        assertThat(device.text().lines().distinct().toList())
                .containsExactly("{\"time\":\"2026-11-24T12:00:00.5Z\",\"type\":\"response\",\"auth\":{},\"request\":{"
                        + "\"operation\":\"update\",\"namespace\":{\"id\":\"root\"},\"path\":\"sys/unseal\","
                        + "\"remote_address\":\"10.1.2.3\"},\"response\":{\"outcome\":\"share accepted, 1 of 3\","
                        + "\"share_index\":2,\"share_generation\":7}}");
        assertThat(device.handed).hasSize(2);
    }

    @Test
    void aFailingDeviceIsAnAlarmAndNothingElse() {
        device.mood = HandDevice.Mood.FAILS;
        log.notice(refusal("a"));
        device.mood = HandDevice.Mood.THROWS;
        time.pass(Duration.ofMinutes(1));
        log.notice(AuditNotice.done(OpenAudit.incoming(Operation.UPDATE, "sys/seal"), "sealed"));

        assertThat(events).containsExactly(new Event.AuditDeviceFailed("file", "no space left"));
    }

    @Test
    void flushingWritesWhatIsOnlyCounted() {
        log.notice(refusal("a"));
        log.notice(refusal("a"));
        log.flush();

        assertThat(counts()).containsExactly(1L, 1L);
    }

    private static AuditNotice refusal(String path) {
        return AuditNotice.refused(OpenAudit.incoming(Operation.READ, path), "Vault is sealed");
    }

    private List<Long> counts() {
        return device.text()
                .lines()
                .map(line -> OpenAudit.parsed((line + "\n").getBytes(StandardCharsets.UTF_8)))
                .map(entry -> Long.parseLong(((Json.Num) entry.get("count")).text()))
                .toList();
    }
}
