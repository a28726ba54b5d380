// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.metrics;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.request.Json;
import io.coffer.core.system.Measures;
import io.coffer.server.http.Admission;
import io.coffer.server.http.HttpCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes metrics of what happens in the core and at its edge. Labels are few and fixed; none names a client
/// or a path.
public final class Metrics implements Observer, Measures {
    private static final Event.RewrapProgressed NO_REWRAP = new Event.RewrapProgressed(0, 0, 0, 0);

    private final PrometheusMeterRegistry registry;
    private final Timer commits;
    private final DistributionSummary batchSizes;
    private final Counter rewrapped;
    private final Counter unopened;
    private final AtomicInteger unsealed = new AtomicInteger();
    private volatile Event.RewrapProgressed rewrap = NO_REWRAP;

    public Metrics() {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        commits = Timer.builder("coffer.storage.commit")
                .description("batches written and synced")
                .register(registry);
        batchSizes = DistributionSummary.builder("coffer.storage.batch")
                .description("transactions in a batch")
                .register(registry);
        rewrapped = Counter.builder("coffer.rewrap.values")
                .description("values moved to a primary term")
                .register(registry);
        unopened = Counter.builder("coffer.rewrap.skipped")
                .description("values that a rewrap could not open")
                .register(registry);
        for (String name : new String[] {"coffer.unsealed", "vault.core.unsealed"}) {
            Gauge.builder(name, unsealed, AtomicInteger::get)
                    .description("1 while the vault is unsealed, 0 while it is not")
                    .register(registry);
        }
        watchRewrap();
    }

    private void watchRewrap() {
        Gauge.builder("coffer.rewrap.left", this, metrics -> metrics.rewrap.left())
                .description("values that a rewrap under way has still to move")
                .register(registry);
        Gauge.builder("coffer.rewrap.rate", this, metrics -> metrics.rewrap.rate())
                .description("values a second that it moves")
                .register(registry);
        Gauge.builder("coffer.rewrap.throttle", this, metrics -> metrics.rewrap.share())
                .description("the part of its limit that it uses, less than 1 while others would wait for it")
                .register(registry);
        Gauge.builder("coffer.rewrap.seconds_left", this, metrics -> secondsLeft(metrics.rewrap))
                .description("when it will have ended at this rate")
                .register(registry);
        Gauge.builder("coffer.rewrap.obstacles", this, metrics -> metrics.rewrap.obstacles())
                .description("scopes in which it has met what cannot be read; sys/rewrap tells where")
                .register(registry);
    }

    private static double secondsLeft(Event.RewrapProgressed now) {
        return now.rate() < 1 ? 0 : Math.ceil(now.left() / now.rate());
    }

    /// Counts answers and shows what is in flight.
    public void watch(HttpCounts counts, Admission admission) {
        for (int first = 1; first <= 5; first++) {
            int status = first;
            FunctionCounter.builder("coffer.http.answers", counts, source -> source.answers(status))
                    .tag("status", first + "xx")
                    .description("answers sent")
                    .register(registry);
        }
        Gauge.builder("coffer.http.in_flight", admission, Admission::requestsInFlight)
                .description("requests at work")
                .register(registry);
        Gauge.builder("coffer.http.connections", admission, Admission::openConnections)
                .description("open connections")
                .register(registry);
    }

    @Override
    public String prometheus() {
        return registry.scrape();
    }

    @Override
    public Json json() {
        return MetricsJson.of(registry);
    }

    @Override
    public void observe(Event event) {
        switch (event) {
            case Event.BatchCommitted batch -> {
                commits.record(batch.took());
                batchSizes.record(batch.transactions());
            }
            case Event.StorageFailed failed -> count("coffer.storage.failures");
            case Event.VaultUnsealed opened -> unsealed.set(1);
            case Event.VaultSealed closed -> {
                unsealed.set(0);
                rewrap = NO_REWRAP;
            }
            case Event.VaultInitialized created -> count("coffer.initializations");
            case Event.KeysErased erased -> count("coffer.keys.erasures");
            case Event.DeprecatedKeyUsed used ->
                Counter.builder("coffer.keys.deprecated_uses")
                        .description("values opened under keys that were retired longer ago than the grace period")
                        .register(registry)
                        .increment((double) used.uses());
            case Event.KeysDestroyed destroyed -> count("coffer.keys.destructions");
            case Event.RootTokenMade made -> count("coffer.root_tokens");
            case Event.KeysRotated rotated -> count("coffer.keys.rotations");
            case Event.ValuesRewrapped(int values, int skipped) -> {
                rewrapped.increment(values);
                unopened.increment(skipped);
            }
            case Event.RewrapProgressed progressed -> rewrap = progressed;
            case Event.RewrapObstructed met -> {}
            case Event.RecordPassedOver passed -> {}
            case Event.RewrapEnded ended -> count("coffer.rewrap.ends");
            case Event.JobFailed failed -> count("coffer.jobs.failures", "job", failed.job());
            case Event.RequestCrashed crashed -> count("coffer.http.defects");
            case Event.DamageMet met -> count("coffer.storage.damage");
            case Event.AuditDeviceFailed failed -> count("coffer.audit.failures", "device", failed.device());
            case Event.AuditDeviceRecovered recovered -> count("coffer.audit.recoveries", "device", recovered.device());
        }
    }

    private void count(String name, String... tags) {
        Counter.builder(name).tags(tags).register(registry).increment();
    }
}
