// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionRoutesTest {
    private final Harness kv = new Harness(new KvKind(), Map.of("version", "2"));

    @BeforeEach
    void threeVersions() {
        for (int i = 1; i <= 3; i++) {
            kv.put("data/v", "{\"data\":{\"i\":" + i + "}}");
        }
    }

    private String status(int version) {
        String answer = kv.get("data/v", "version=" + version);
        return answer.substring(0, 3) + (answer.contains("\"destroyed\":true") ? " destroyed" : "");
    }

    @Test
    void deletedVersionsComeBackWhenUndeleted() {
        assertThat(kv.put("delete/v", "{\"versions\":\"1, 2\"}")).isEqualTo("204");
        assertThat(status(1) + status(2) + status(3)).isEqualTo("404404200");
        assertThat(kv.put("undelete/v", "{\"versions\":[2]}")).isEqualTo("204");
        assertThat(status(1) + status(2) + status(3)).isEqualTo("404200200");
        assertThat(kv.get("data/v", "version=2"))
                .startsWith("200 {\"data\":{\"i\":2},")
                .contains("\"deletion_time\":\"\"");
    }

    @Test
    void destroyedVersionsNeverComeBack() {
        assertThat(kv.put("destroy/v", "{\"versions\":[3]}")).isEqualTo("204");
        assertThat(kv.put("undelete/v", "{\"versions\":[3]}")).isEqualTo("204");
        assertThat(kv.put("delete/v", "{\"versions\":[3]}")).isEqualTo("204");
        assertThat(status(3)).isEqualTo("404 destroyed");
        assertThat(kv.get("data/v"))
                .startsWith("404 {\"data\":null,\"metadata\":{")
                .contains("\"deletion_time\":\"\",\"destroyed\":true,\"version\":3");
        assertThat(kv.store().keys()).noneMatch(key -> key.path().equals("data/v/3"));
        assertThat(kv.patch("data/v", "{\"data\":{}}"))
                .startsWith("404 {\"created_time\":")
                .contains("\"destroyed\":true");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":3}}")).contains("\"version\":4");
    }

    @Test
    void aDeletedVersionMayBeDestroyed() {
        kv.put("delete/v", "{\"versions\":[1]}");
        kv.put("destroy/v", "{\"versions\":[1]}");
        assertThat(status(1)).isEqualTo("404 destroyed");
    }

    @Test
    void versionsThatAreNotThereArePassedOver() {
        String before = kv.get("metadata/v");
        for (String route : new String[] {"delete", "undelete", "destroy"}) {
            assertThat(kv.put(route + "/v", "{\"versions\":[0,-1,4,9223372036854775807,-9223372036854775808]}"))
                    .isEqualTo("204");
            assertThat(kv.put(route + "/none", "{\"versions\":[1]}")).isEqualTo("204");
        }
        assertThat(kv.get("metadata/v")).isEqualTo(before);
        assertThat(kv.get("metadata/none")).isEqualTo("404 []");
    }

    @Test
    void withoutVersionsNothingHappens() {
        for (String body : new String[] {"", "{}", "{\"versions\":[]}", "{\"versions\":\"\"}", "{\"versions\":null}"}) {
            assertThat(kv.put("delete/v", body)).isEqualTo("400 No version number provided");
            assertThat(kv.put("undelete/v", body)).isEqualTo("400 No version number provided");
            assertThat(kv.put("destroy/v", body)).isEqualTo("400 no version number provided");
        }
        assertThat(kv.put("delete/v", "{\"versions\":[1.5]}"))
                .startsWith("400 Field validation failed: error converting input for field \"versions\"");
        assertThat(kv.put("destroy/v", "{\"versions\":2}")).isEqualTo("204");
        assertThat(status(2)).isEqualTo("404 destroyed");
    }

    @Test
    void aDeletionKeepsItsFirstTime() {
        kv.put("delete/v", "{\"versions\":[1]}");
        String before = kv.get("metadata/v");
        kv.pass(Duration.ofHours(1));
        kv.put("delete/v", "{\"versions\":[1]}");
        assertThat(kv.get("metadata/v")).isEqualTo(before);
    }

    @Test
    void versionsAreDeletedByThemselvesAndRestoredForAsLongAgain() {
        kv.put("metadata/w", "{\"delete_version_after\":\"1h\"}");
        assertThat(kv.put("data/w", "{\"data\":{\"a\":1}}")).contains("\"deletion_time\":\"2026-03-04T06:06:07.8Z\"");
        kv.pass(Duration.ofMinutes(59));
        assertThat(kv.get("data/w")).startsWith("200").contains("\"deletion_time\":\"2026-03-04T06:06:07.8Z\"");
        kv.pass(Duration.ofMinutes(1));
        assertThat(kv.get("data/w")).startsWith("404 {\"data\":null,");
        kv.put("undelete/w", "{\"versions\":[1]}");
        assertThat(kv.get("data/w")).startsWith("200").contains("\"deletion_time\":\"2026-03-04T07:06:07.8Z\"");
        kv.delete("data/w");
        assertThat(kv.get("data/w")).startsWith("404").contains("\"deletion_time\":\"2026-03-04T06:06:07.8Z\"");
    }

    @Test
    void theSmallestTimeToLiveCountsAndTheMountCanForbidAny() {
        String[][] cases = { // of the mount, of the secret, what becomes of a version written at 05:06:07.8
            {"0", "0", ""},
            {"60", "0", "2026-03-04T05:07:07.8Z"},
            {"0", "60", "2026-03-04T05:07:07.8Z"},
            {"60", "120", "2026-03-04T05:07:07.8Z"},
            {"120", "60", "2026-03-04T05:07:07.8Z"},
            {"-1", "60", ""},
            {"\"-24h\"", "0", ""},
        };
        for (String[] each : cases) {
            kv.put("config", "{\"delete_version_after\":" + each[0] + "}");
            kv.put("metadata/w", "{\"delete_version_after\":" + each[1] + "}");
            assertThat(kv.put("data/w", "{\"data\":{}}"))
                    .as("mount %s, secret %s", each[0], each[1])
                    .contains("\"deletion_time\":\"" + each[2] + "\"");
        }
    }
}
