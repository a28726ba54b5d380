// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import io.coffer.core.engine.MemoryWriter;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UpgradeTest {
    private static final String WAIT = "400 Upgrading from non-versioned to versioned data. This backend will be"
            + " unavailable for a brief period and will resume service shortly.";

    private final Harness kv = new Harness(new KvKind(), Map.of("version", "1"));

    private Upgrade upgrade() {
        return new Upgrade(kv.mount().folder());
    }

    private Upgrade.Progress step() {
        return upgrade().step(kv.store(), kv.now());
    }

    @Test
    void aFreshMountServesAtOnce() {
        kv.options(Map.of("version", "2"));
        assertThat(upgrade().pending(kv.store())).isFalse();
        assertThat(kv.put("data/x", "{\"data\":{}}")).startsWith("200");
        assertThat(step()).isEqualTo(Upgrade.Progress.NOTHING);
    }

    @Test
    void valuesBecomeTheFirstVersionsOfTheirSecrets() {
        kv.put("keep", "{\"v\":7,\"n\":1.0}");
        kv.put("a/b", "{\"ttl\":\"1h\"}");
        kv.put("a", "{\"i\":1}");
        kv.options(Map.of("version", "2"));
        for (String answer : new String[] {
            kv.get("data/keep"),
            kv.put("data/new", "{\"data\":{}}"),
            kv.patch("data/keep", "{\"data\":{}}"),
            kv.delete("data/keep"),
            kv.list("metadata/"),
            kv.scan("metadata/"),
            kv.list("detailed-metadata/"),
            kv.get("config"),
            kv.put("config", "{\"max_versions\":1}"),
            kv.get("metadata/keep"),
            kv.put("metadata/keep", "{\"max_versions\":1}"),
            kv.delete("metadata/keep"),
            kv.get("subkeys/keep"),
            kv.put("delete/keep", "{\"versions\":[1]}")
        }) {
            assertThat(answer).isEqualTo(WAIT);
        }
        assertThat(step().more()).isFalse();
        assertThat(kv.get("data/keep"))
                .startsWith(
                        "200 {\"data\":{\"v\":7,\"n\":1.0},\"metadata\":{\"created_time\":\"2026-03-04T05:06:07.8Z\"")
                .contains("\"version\":1");
        assertThat(kv.get("data/a")).startsWith("200 {\"data\":{\"i\":1}");
        assertThat(kv.get("data/a/b")).startsWith("200 {\"data\":{\"ttl\":\"1h\"}");
        assertThat(kv.list("metadata/")).isEqualTo("200 {\"keys\":[\"a\",\"a/\",\"keep\"]}");
        assertThat(kv.put("data/keep", "{\"data\":{},\"options\":{\"cas\":1}}")).contains("\"version\":2");
        assertThat(kv.store().keys())
                .noneMatch(key -> key.path().startsWith("v1/") || key.path().equals("unversioned"));
        assertThat(step()).isEqualTo(Upgrade.Progress.NOTHING);
    }

    @Test
    void aMountWhoseValuesWereAllDeletedIsUpgradedInOneStep() {
        kv.put("x", "{\"a\":1}");
        kv.delete("x");
        kv.options(Map.of("version", "2"));
        assertThat(kv.get("data/x")).isEqualTo(WAIT);
        assertThat(step()).isEqualTo(Upgrade.Progress.NOTHING);
        assertThat(kv.get("data/x")).isEqualTo("404 []");
        assertThat(kv.store().keys()).isEmpty();
    }

    @Test
    void stepsAreBoundedAndGoOnWhereTheLastEnded() {
        TreeSet<String> paths = new TreeSet<>();
        for (int i = 0; i < 2 * Upgrade.SECRETS + 10; i++) {
            String path = "f" + i % 7 + "/s" + i;
            kv.put(path, "{\"i\":" + i + "}");
            paths.add(path);
        }
        kv.options(Map.of("version", "2"));
        int steps = 0;
        while (step().more()) {
            steps++;
            long left = kv.store().keys().stream()
                    .filter(key -> key.path().startsWith("v1/"))
                    .count();
            assertThat(left).isEqualTo(paths.size() - (long) steps * Upgrade.SECRETS);
            assertThat(kv.put("data/new", "{\"data\":{}}")).isEqualTo(WAIT);
        }
        assertThat(steps).isEqualTo(2);
        for (String path : paths) {
            assertThat(kv.get("data/" + path)).startsWith("200 {\"data\":{\"i\":" + path.substring(4) + "}");
        }
        assertThat(kv.scan("metadata/")).isEqualTo("200 {\"keys\":[\"" + String.join("\",\"", paths) + "\"]}");
    }

    @Test
    void aStepEndsWhenItHasMovedManyBytes() {
        String value = "{\"v\":\"" + "x".repeat(500_000) + "\"}";
        for (int i = 0; i < 10; i++) {
            kv.put("s" + i, value);
        }
        kv.options(Map.of("version", "2"));
        assertThat(step().more()).isTrue();
        assertThat(kv.store().keys().stream().filter(key -> key.path().startsWith("v1/")))
                .hasSize(1);
        assertThat(step().more()).isFalse();
        assertThat(kv.get("data/s9")).startsWith("200");
    }

    @Test
    void aStepThatWasLostIsDoneAgain() {
        for (int i = 0; i < 2 * Upgrade.SECRETS; i++) {
            kv.put("s" + i, "{\"i\":" + i + "}");
        }
        kv.options(Map.of("version", "2"));
        MemoryWriter lost = kv.store().copy();
        upgrade().step(lost, kv.now());
        while (step().more()) {}
        assertThat(kv.get("data/s0")).contains("\"version\":1}");
        assertThat(kv.store().keys()).hasSize(4 * Upgrade.SECRETS);
    }

    @Test
    void aValueThatDoesNotOpenIsPassedOverAndNamed() {
        kv.put("a", "{\"i\":1}");
        kv.put("b", "{\"i\":2}");
        kv.put("c", "{\"i\":3}");
        StorageKey bent = new Layout(kv.mount().folder()).unversioned("b");
        kv.store().put(bent, new Plaintext("{\"v\":9}".getBytes(StandardCharsets.UTF_8)));
        kv.options(Map.of("version", "2"));
        Upgrade.Progress progress = step();
        assertThat(progress.more()).isFalse();
        assertThat(progress.skipped()).containsExactly(bent);
        assertThat(kv.get("data/a")).startsWith("200");
        assertThat(kv.get("data/b")).isEqualTo("404 []");
        assertThat(kv.get("data/c")).startsWith("200");
        assertThat(kv.store().get(bent)).isPresent();
    }

    @Test
    void aSecretThatWasMovedIsReadWhileOthersAreNot() {
        for (int i = 0; i < Upgrade.SECRETS + 1; i++) {
            kv.put("s%03d".formatted(i), "{\"i\":" + i + "}");
        }
        kv.options(Map.of("version", "2"));
        assertThat(step().more()).isTrue();
        assertThat(kv.get("data/s000")).startsWith("200 {\"data\":{\"i\":0}");
        assertThat(kv.get("data/s500")).isEqualTo(WAIT);
    }
}
