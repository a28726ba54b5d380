// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataRoutesTest {
    private final Harness kv = new Harness(new KvKind(), Map.of("version", "2"));

    private static String meta(int version, String created, String deletion, boolean destroyed) {
        return "{\"created_time\":\"" + created + "\",\"custom_metadata\":null,\"deletion_time\":\"" + deletion
                + "\",\"destroyed\":" + destroyed + ",\"version\":" + version + "}";
    }

    private static final String AT = "2026-03-04T05:06:07.8Z";

    @Test
    void aWriteAnswersWhatIsKnownOfTheNewVersion() {
        assertThat(kv.put("data/v", "{\"data\":{\"a\":1}}")).isEqualTo("200 " + meta(1, AT, "", false));
        kv.pass(Duration.ofSeconds(1));
        assertThat(kv.put("data/v", "{\"data\":{}}")).isEqualTo("200 " + meta(2, "2026-03-04T05:06:08.8Z", "", false));
    }

    @Test
    void aReadShowsTheNewestOrTheVersionAskedFor() {
        kv.put("data/v", "{\"data\":{\"a\":1}}");
        kv.put("data/v", "{\"data\":{\"a\":2}}");
        String newest = "200 {\"data\":{\"a\":2},\"metadata\":" + meta(2, AT, "", false) + "}";
        assertThat(kv.get("data/v")).isEqualTo(newest);
        assertThat(kv.get("data/v", "version=0")).isEqualTo(newest);
        assertThat(kv.get("data/v", "version=")).isEqualTo(newest);
        assertThat(kv.get("data/v", "version=1"))
                .isEqualTo("200 {\"data\":{\"a\":1},\"metadata\":" + meta(1, AT, "", false) + "}");
        assertThat(kv.get("data/v", "version=3")).isEqualTo("404 []");
        assertThat(kv.get("data/w")).isEqualTo("404 []");
        assertThat(kv.get("data/v", "version=-1")).startsWith("400 version must not be negative");
        assertThat(kv.get("data/v", "version=x"))
                .startsWith("400 Field validation failed")
                .doesNotContain("x\"");
    }

    @Test
    void aReadOfTheNewestCostsTwoReads() {
        kv.put("data/v", "{\"data\":{\"a\":1}}");
        int before = kv.store().gets();
        kv.get("data/v");
        assertThat(kv.store().gets() - before).isEqualTo(2);
    }

    @Test
    void aWriteReadsMetadataSettingsAndWhetherTheMountIsUpgraded() {
        kv.put("data/v", "{\"data\":{}}");
        int before = kv.store().gets();
        kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":1}}");
        assertThat(kv.store().gets() - before).isEqualTo(3);
    }

    @Test
    void aValueComesBackDigitForDigitAndInItsOrder() {
        String data =
                "{\"z\":1.0,\"a\":[1e3,1E+2,-0,-0.0,0.1000,12345678901234567890],\"e\":{},\"n\":null,\"u\":\"ä\\\"\\\\ 😀\"}";
        kv.put("data/v", "{\"data\":" + data + "}");
        assertThat(kv.get("data/v")).startsWith("200 {\"data\":" + data + ",");
    }

    @Test
    void anyPathIsAName() {
        String[] paths = {
            "a",
            "a/b",
            "a/1",
            "a/1/1",
            "1",
            "data",
            "data/config",
            "meta",
            "v1/x",
            "config",
            "a b",
            "ä/😀",
            "..a",
            "%",
            "unversioned"
        };
        for (String path : paths) {
            assertThat(kv.put("data/" + path, "{\"data\":{\"p\":\"" + path + "\"}}"))
                    .startsWith("200");
        }
        for (String path : paths) {
            assertThat(kv.get("data/" + path)).startsWith("200 {\"data\":{\"p\":\"" + path + "\"}");
            assertThat(kv.get("data/" + path)).contains("\"version\":1");
        }
    }

    @Test
    void aPathThatNoStorageKeyCanHoldIsRefused() {
        String longest = "x".repeat(io.coffer.core.engine.SecretPath.LONGEST);
        assertThat(kv.put("data/" + longest, "{\"data\":{}}")).startsWith("200");
        assertThat(kv.get("data/" + longest)).startsWith("200");
        for (String path : new String[] {longest + "x", "ä".repeat(2_000)}) {
            for (String answer : new String[] {
                kv.put("data/" + path, "{\"data\":{}}"),
                kv.get("data/" + path),
                kv.delete("data/" + path),
                kv.list("metadata/" + path),
                kv.scan("metadata/" + path),
                kv.get("metadata/" + path),
                kv.put("destroy/" + path, "{\"versions\":[1]}")
            }) {
                assertThat(answer).startsWith("400 the path is longer than");
            }
            assertThat(kv.exists("data/" + path)).isFalse();
        }
    }

    @Test
    void aWriteWithoutDataIsRefused() {
        for (String body : new String[] {"", "{}", "{\"foo\":\"bar\"}", "{\"data\":null}"}) {
            assertThat(kv.put("data/v", body)).isEqualTo("400 no data provided");
            assertThat(kv.patch("data/v", body)).isEqualTo("400 no data provided");
        }
        assertThat(kv.put("data/v", "{\"data\":\"text\"}"))
                .isEqualTo(
                        "400 Field validation failed: error converting input for field \"data\": an object is expected");
    }

    @Test
    void checkAndSetComparesWithTheNewestVersion() {
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":1}}"))
                .isEqualTo("400 check-and-set parameter did not match the current version");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":0}}")).startsWith("200");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":0}}")).startsWith("400");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":\"1\"}}"))
                .startsWith("200");
        assertThat(kv.patch("data/v", "{\"data\":{},\"options\":{\"cas\":1}}")).startsWith("400");
        assertThat(kv.patch("data/v", "{\"data\":{},\"options\":{\"cas\":2}}")).startsWith("200");
        for (String cas : new String[] {"\"x\"", "1.0", "1e0", "[]", "{}", "\"\"", "99999999999999999999"}) {
            assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":" + cas + "}}"))
                    .isEqualTo("400 error parsing check-and-set parameter");
        }
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":null}}")).startsWith("200");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":null}")).startsWith("200");
    }

    @Test
    void deletingDoesNotTurnTheCounterBack() {
        kv.put("data/v", "{\"data\":{}}");
        kv.delete("data/v");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":0}}")).startsWith("400");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":1}}")).contains("\"version\":2");
    }

    @Test
    void checkAndSetCanBeDemandedByTheMountOrTheSecret() {
        kv.put("config", "{\"cas_required\":true}");
        assertThat(kv.put("data/v", "{\"data\":{}}")).isEqualTo("400 check-and-set parameter required for this call");
        kv.put("config", "{\"cas_required\":false}");
        kv.put("metadata/v", "{\"cas_required\":true}");
        assertThat(kv.put("data/v", "{\"data\":{}}")).startsWith("400 check-and-set parameter required");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":0}}")).startsWith("200");
        assertThat(kv.patch("data/v", "{\"data\":{}}")).startsWith("400 check-and-set parameter required");
    }

    @Test
    void aDeletedVersionShowsOnlyThatItIs() {
        kv.put("data/v", "{\"data\":{\"a\":1}}");
        assertThat(kv.delete("data/v")).isEqualTo("204");
        String gone = "404 {\"data\":null,\"metadata\":" + meta(1, AT, AT, false) + "}";
        assertThat(kv.get("data/v")).isEqualTo(gone);
        kv.pass(Duration.ofSeconds(5));
        assertThat(kv.delete("data/v")).isEqualTo("204");
        assertThat(kv.get("data/v")).isEqualTo(gone);
        assertThat(kv.get("subkeys/v")).isEqualTo(gone.replace("\"data\":null", "\"subkeys\":null"));
        assertThat(kv.patch("data/v", "{\"data\":{}}")).isEqualTo("404 " + meta(1, AT, AT, false));
        assertThat(kv.delete("data/none")).isEqualTo("204");
        assertThat(kv.get("data/none")).isEqualTo("404 []");
    }

    @Test
    void aPatchMergesIntoTheNewestVersion() {
        assertThat(kv.patch("data/v", "{\"data\":{\"a\":1}}")).isEqualTo("404 []");
        kv.put("data/v", "{\"data\":{\"a\":1.0,\"b\":{\"c\":2.50,\"d\":3},\"e\":[1]}}");
        assertThat(kv.patch("data/v", "{\"data\":{\"b\":{\"d\":null,\"f\":1e3},\"e\":null,\"g\":{\"h\":null}}}"))
                .contains("\"version\":2");
        assertThat(kv.get("data/v")).startsWith("200 {\"data\":{\"a\":1.0,\"b\":{\"c\":2.50,\"f\":1e3},\"g\":{}},");
        kv.put("metadata/m", "{\"max_versions\":3}");
        assertThat(kv.patch("data/m", "{\"data\":{\"a\":1}}")).isEqualTo("404 []");
    }

    @Test
    void subkeysHaveNoValues() {
        kv.put("data/v", "{\"data\":{\"a\":{\"b\":{\"c\":1},\"d\":{}},\"e\":[{\"f\":1}],\"g\":null,\"h\":\"s\"}}");
        String metadata = ",\"metadata\":" + meta(1, AT, "", false) + "}";
        String all =
                "200 {\"subkeys\":{\"a\":{\"b\":{\"c\":null},\"d\":null},\"e\":null,\"g\":null,\"h\":null}" + metadata;
        assertThat(kv.get("subkeys/v")).isEqualTo(all);
        assertThat(kv.get("subkeys/v", "depth=0")).isEqualTo(all);
        assertThat(kv.get("subkeys/v", "depth=3")).isEqualTo(all);
        assertThat(kv.get("subkeys/v", "depth=2"))
                .isEqualTo(
                        "200 {\"subkeys\":{\"a\":{\"b\":null,\"d\":null},\"e\":null,\"g\":null,\"h\":null}" + metadata);
        assertThat(kv.get("subkeys/v", "depth=1", "version=1"))
                .isEqualTo("200 {\"subkeys\":{\"a\":null,\"e\":null,\"g\":null,\"h\":null}" + metadata);
        assertThat(kv.get("subkeys/v", "depth=-1")).startsWith("400");
        assertThat(kv.get("subkeys/none")).isEqualTo("404 []");
    }

    @Test
    void aTrailingSlashNamesNoSecret() {
        kv.put("data/v", "{\"data\":{\"a\":1}}");
        assertThat(kv.get("data/v/")).isEqualTo("404 []");
        assertThat(kv.delete("data/v/")).startsWith("400");
        assertThat(kv.put("data/v/", "{\"data\":{}}")).startsWith("400");
        assertThat(kv.exists("data/v/")).isFalse();
        assertThat(kv.get("data/v")).startsWith("200");
    }

    @Test
    void whatIsThereIsUpdatedAndWhatIsNotIsCreated() {
        assertThat(kv.exists("data/v")).isFalse();
        kv.put("data/v", "{\"data\":{}}");
        kv.delete("data/v");
        assertThat(kv.exists("data/v")).isTrue();
        assertThat(kv.exists("metadata/v")).isTrue();
    }
}
