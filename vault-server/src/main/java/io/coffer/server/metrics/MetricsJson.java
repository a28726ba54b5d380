// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.metrics;

import io.coffer.core.Timestamps;
import io.coffer.core.request.Json;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is counted, in the form of the field's older collectors. Names are in lower case with dots.
final class MetricsJson {
    private MetricsJson() {}

    static Json of(MeterRegistry registry) {
        List<Json> gauges = new ArrayList<>();
        List<Json> counters = new ArrayList<>();
        List<Json> samples = new ArrayList<>();
        for (Meter meter : registry.getMeters()) {
            switch (meter.getId().getType()) {
                case GAUGE ->
                    gauges.add(named(meter)
                            .put("Value", value(meter, Statistic.VALUE))
                            .build());
                case COUNTER -> counters.add(counted(meter));
                case TIMER, DISTRIBUTION_SUMMARY, LONG_TASK_TIMER, OTHER -> samples.add(counted(meter));
            }
        }
        return Json.object()
                .put("Timestamp", Timestamps.format(Instant.now()))
                .put("Gauges", new Json.Arr(gauges))
                .put("Points", new Json.Arr(List.of()))
                .put("Counters", new Json.Arr(counters))
                .put("Samples", new Json.Arr(samples))
                .build();
    }

    private static Json counted(Meter meter) {
        boolean timer = meter.getId().getType() == Meter.Type.TIMER;
        return named(meter)
                .put("Count", value(meter, Statistic.COUNT))
                .put("Sum", value(meter, timer ? Statistic.TOTAL_TIME : Statistic.TOTAL))
                .put("Max", value(meter, Statistic.MAX))
                .build();
    }

    private static Json.Builder named(Meter meter) {
        Json.Builder labels = Json.object();
        meter.getId().getTags().forEach(tag -> labels.put(tag.getKey(), tag.getValue()));
        return Json.object().put("Name", meter.getId().getName()).put("Labels", labels.build());
    }

    private static Json value(Meter meter, Statistic wanted) {
        for (Measurement each : meter.measure()) {
            if (each.getStatistic() == wanted && Double.isFinite(each.getValue())) {
                return new Json.Num(BigDecimal.valueOf(each.getValue()).toPlainString());
            }
        }
        return Json.of(0);
    }
}
