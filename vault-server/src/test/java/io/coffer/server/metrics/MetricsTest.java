// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.server.config.RequestLimits;
import io.coffer.server.http.Admission;
import io.coffer.server.http.HttpCounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    @Test
    void everyEventIsCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics metrics = new Metrics(registry);
        metrics.watch(new HttpCounts(), Admission.of(RequestLimits.DEFAULT));
        metrics.observe(new Event.BatchCommitted(3, 7, Duration.ofMillis(2)));
        metrics.observe(new Event.VaultUnsealed(1));
        assertThat(registry.get("coffer.unsealed").gauge().value()).isEqualTo(1);
        metrics.observe(new Event.VaultSealed(true));
        metrics.observe(new Event.JobFailed("rewrap", "x"));
        metrics.observe(new Event.JobFailed("rewrap", "x"));
        assertThat(registry.get("coffer.unsealed").gauge().value()).isZero();
        assertThat(registry.get("coffer.storage.commit").timer().count()).isEqualTo(1);
        assertThat(registry.get("coffer.storage.batch").summary().totalAmount()).isEqualTo(3);
        assertThat(registry.get("coffer.jobs.failures")
                        .tag("job", "rewrap")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("coffer.http.answers")
                        .tag("status", "2xx")
                        .functionCounter()
                        .count())
                .isZero();
    }
}
