// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.request.JsonText;
import io.coffer.server.config.RequestLimits;
import io.coffer.server.http.Admission;
import io.coffer.server.http.HttpCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    @Test
    void whetherItIsUnsealedIsToldFromTheFirstMoment() {
        Metrics fresh = new Metrics();
        assertThat(fresh.prometheus()).contains("coffer_unsealed 0.0\n").contains("vault_core_unsealed 0.0\n");
        String json = new String(JsonText.write(fresh.json()), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"Timestamp\":\"")
                .contains("{\"Name\":\"vault.core.unsealed\",\"Labels\":{},\"Value\":0.0}")
                .contains("\"Points\":[]", "\"Counters\":[", "\"Samples\":[");
    }

    @Test
    void everyEventIsCounted() {
        Metrics metrics = new Metrics();
        metrics.watch(new HttpCounts(), Admission.of(RequestLimits.DEFAULT));
        metrics.observe(new Event.BatchCommitted(3, 7, Duration.ofMillis(2)));
        metrics.observe(new Event.VaultUnsealed(1));
        assertThat(metrics.prometheus()).contains("coffer_unsealed 1.0\n");
        metrics.observe(new Event.RewrapProgressed(81, 0, 1, 2));
        assertThat(metrics.prometheus()).contains("coffer_rewrap_left 81.0\n", "coffer_rewrap_obstacles 2.0\n");
        metrics.observe(new Event.VaultSealed(true));
        metrics.observe(new Event.JobFailed("rewrap", "x"));
        metrics.observe(new Event.JobFailed("rewrap", "x"));
        assertThat(metrics.prometheus())
                .contains("coffer_unsealed 0.0\n")
                .contains("vault_core_unsealed 0.0\n")
                .contains("coffer_storage_commit_seconds_count 1\n")
                .contains("coffer_storage_batch_sum 3.0\n")
                .contains("coffer_jobs_failures_total{job=\"rewrap\"} 2.0\n")
                .contains("coffer_http_answers_total{status=\"2xx\"} 0.0\n");
    }
}
