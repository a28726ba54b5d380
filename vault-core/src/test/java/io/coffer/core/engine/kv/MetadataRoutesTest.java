// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataRoutesTest {
    private static final String AT = "2026-03-04T05:06:07.8Z";

    private final Harness kv = new Harness(new KvKind(), Map.of("version", "2"));

    @Test
    void metadataShowsAllThatIsKnown() {
        kv.put("data/v", "{\"data\":{}}");
        kv.pass(Duration.ofSeconds(1));
        kv.put("data/v", "{\"data\":{}}");
        kv.put("delete/v", "{\"versions\":[1]}");
        kv.put("destroy/v", "{\"versions\":[2]}");
        assertThat(kv.get("metadata/v"))
                .isEqualTo(
                        "200 {\"cas_required\":false,\"created_time\":\"" + AT + "\","
                                + "\"current_metadata_version\":0,\"current_version\":2,\"custom_metadata\":null,"
                                + "\"delete_version_after\":\"0s\",\"max_versions\":0,\"metadata_cas_required\":false,"
                                + "\"oldest_version\":0,\"updated_time\":\"2026-03-04T05:06:08.8Z\",\"versions\":{"
                                + "\"1\":{\"created_time\":\"" + AT
                                + "\",\"deletion_time\":\"2026-03-04T05:06:08.8Z\",\"destroyed\":false},"
                                + "\"2\":{\"created_time\":\"2026-03-04T05:06:08.8Z\",\"deletion_time\":\"\",\"destroyed\":true}}}");
    }

    @Test
    void aWriteCreatesASecretWithoutVersions() {
        String body = "{\"max_versions\":5,\"cas_required\":true,\"delete_version_after\":\"3h25m19s\","
                + "\"custom_metadata\":{\"b\":\"1\",\"a\":2}}";
        assertThat(kv.put("metadata/v", body)).isEqualTo("204");
        assertThat(kv.get("metadata/v"))
                .contains("\"current_version\":0", "\"max_versions\":5", "\"cas_required\":true", "\"versions\":{}")
                .contains("\"delete_version_after\":\"3h25m19s\"", "\"custom_metadata\":{\"b\":\"1\",\"a\":\"2\"}")
                .contains("\"oldest_version\":0", "\"current_metadata_version\":1");
        assertThat(kv.get("data/v")).isEqualTo("404 []");
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":0}}"))
                .contains("\"custom_metadata\":{\"b\":\"1\",\"a\":\"2\"}", "\"version\":1");
        assertThat(kv.get("data/v")).contains("\"custom_metadata\":{\"b\":\"1\",\"a\":\"2\"}");
    }

    @Test
    void aWriteThatSaysNothingChangesNothing() {
        assertThat(kv.put("metadata/v", "{}")).isEqualTo("204");
        assertThat(kv.get("metadata/v")).isEqualTo("404 []");
    }

    @Test
    void whatIsNotSaidStays() {
        kv.put("metadata/v", "{\"max_versions\":5,\"custom_metadata\":{\"a\":\"1\",\"b\":\"2\"}}");
        kv.put("metadata/v", "{\"cas_required\":true}");
        assertThat(kv.get("metadata/v"))
                .contains("\"max_versions\":5", "\"custom_metadata\":{\"a\":\"1\",\"b\":\"2\"}");
        kv.put("metadata/v", "{\"custom_metadata\":{\"c\":\"3\"}}");
        assertThat(kv.get("metadata/v")).contains("\"custom_metadata\":{\"c\":\"3\"}", "\"cas_required\":true");
        kv.put("metadata/v", "{\"custom_metadata\":{}}");
        assertThat(kv.get("metadata/v")).contains("\"custom_metadata\":null");
    }

    @Test
    void aPatchAddsAndRemovesTexts() {
        assertThat(kv.patch("metadata/v", "{\"max_versions\":2}")).isEqualTo("404 []");
        kv.put("metadata/v", "{\"max_versions\":5,\"custom_metadata\":{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(kv.patch("metadata/v", "{\"custom_metadata\":{\"a\":null,\"c\":\"3\",\"none\":null}}"))
                .isEqualTo("204");
        assertThat(kv.get("metadata/v"))
                .contains("\"custom_metadata\":{\"b\":\"2\",\"c\":\"3\"}", "\"max_versions\":5");
        assertThat(kv.patch("metadata/v", "{\"cas_required\":true}")).isEqualTo("204");
        assertThat(kv.get("metadata/v"))
                .contains("\"custom_metadata\":{\"b\":\"2\",\"c\":\"3\"}", "\"cas_required\":true");
    }

    @Test
    void customMetadataHasLimits() {
        StringBuilder many = new StringBuilder("\"k0\":\"v\"");
        for (int i = 1; i < 64; i++) {
            many.append(",\"k").append(i).append("\":\"v\"");
        }
        String most = "{\"custom_metadata\":{" + many + "}}";
        assertThat(kv.put("metadata/v", most)).isEqualTo("204");
        String[] refused = {
            many + ",\"k64\":\"v\"",
            "\"\":\"v\"",
            "\"k\":\"\"",
            "\"k\":null",
            "\"k\":{\"x\":1}",
            "\"k\":[]",
            "\"k\\u0000\":\"v\"",
            "\"k\":\"v\\u0007\"",
            "\"" + "k".repeat(129) + "\":\"v\"",
            "\"" + "ä".repeat(65) + "\":\"v\"",
            "\"k\":\"" + "v".repeat(513) + "\"",
        };
        for (String members : refused) {
            assertThat(kv.put("metadata/w", "{\"custom_metadata\":{" + members + "}}"))
                    .startsWith("400 custom_metadata validation failed: ")
                    .doesNotContain("vvv");
        }
        assertThat(kv.get("metadata/w")).isEqualTo("404 []");
        assertThat(kv.patch("metadata/v", "{\"custom_metadata\":{\"k64\":\"v\"}}"))
                .isEqualTo("400 custom_metadata validation failed: payload must contain at most 64 keys, provided 65");
        assertThat(kv.patch("metadata/v", "{\"custom_metadata\":{\"k0\":null,\"k64\":\"v\"}}"))
                .isEqualTo("204");
        String edge = "{\"custom_metadata\":{\"" + "k".repeat(128) + "\":\"" + "v".repeat(512) + "\"}}";
        assertThat(kv.put("metadata/w", edge)).isEqualTo("204");
        assertThat(kv.put("metadata/w", "{\"custom_metadata\":\"x\"}")).startsWith("400 Field validation failed");
    }

    @Test
    void theOldestVersionsGoWhenThereAreTooMany() {
        for (int i = 1; i <= 10; i++) {
            kv.put("data/v", "{\"data\":{\"i\":" + i + "}}");
        }
        assertThat(kv.get("metadata/v")).contains("\"oldest_version\":0", "\"1\":{", "\"10\":{");
        for (int i = 11; i <= 13; i++) {
            kv.put("data/v", "{\"data\":{\"i\":" + i + "}}");
        }
        assertThat(kv.get("metadata/v"))
                .contains("\"oldest_version\":4", "\"current_version\":13", "\"4\":{")
                .doesNotContain("\"3\":{");
        assertThat(kv.get("data/v", "version=3")).isEqualTo("404 []");
        assertThat(kv.get("data/v", "version=4")).startsWith("200 {\"data\":{\"i\":4}");
        assertThat(kv.store().keys().stream().filter(key -> key.path().startsWith("data/v/")))
                .hasSize(10);
    }

    @Test
    void theLargerOfBothMaximaCounts() {
        kv.put("config", "{\"max_versions\":2}");
        kv.put("metadata/v", "{\"max_versions\":3}");
        for (int i = 1; i <= 5; i++) {
            kv.put("data/v", "{\"data\":{}}");
            kv.put("data/w", "{\"data\":{}}");
        }
        assertThat(kv.get("metadata/v")).contains("\"oldest_version\":3");
        assertThat(kv.get("metadata/w")).contains("\"oldest_version\":4");
        kv.put("metadata/v", "{\"max_versions\":1}");
        assertThat(kv.get("data/v", "version=3")).startsWith("200");
        kv.put("data/v", "{\"data\":{}}");
        assertThat(kv.get("metadata/v")).contains("\"oldest_version\":5", "\"current_version\":6");
        for (String bad : new String[] {"-1", "10001"}) {
            assertThat(kv.put("metadata/v", "{\"max_versions\":" + bad + "}")).startsWith("400 max_versions must be");
            assertThat(kv.put("config", "{\"max_versions\":" + bad + "}")).startsWith("400 max_versions must be");
        }
    }

    @Test
    void deletingMetadataErasesEverything() {
        kv.put("data/v", "{\"data\":{}}");
        kv.put("data/v", "{\"data\":{}}");
        kv.put("data/v/w", "{\"data\":{}}");
        assertThat(kv.delete("metadata/v")).isEqualTo("204");
        assertThat(kv.delete("metadata/v")).isEqualTo("204");
        assertThat(kv.get("data/v")).isEqualTo("404 []");
        assertThat(kv.get("data/v/w")).startsWith("200");
        assertThat(kv.store().keys()).hasSize(2);
        assertThat(kv.put("data/v", "{\"data\":{},\"options\":{\"cas\":0}}")).contains("\"version\":1");
    }

    @Test
    void metadataHasACheckAndSetOfItsOwn() {
        assertThat(kv.put("metadata/v", "{\"metadata_cas\":1,\"max_versions\":2}"))
                .isEqualTo("400 metadata check-and-set parameter does not match the current version");
        assertThat(kv.put("metadata/v", "{\"metadata_cas\":0,\"max_versions\":2}"))
                .isEqualTo("204");
        assertThat(kv.patch("metadata/v", "{\"metadata_cas\":0}")).startsWith("400 metadata check-and-set");
        assertThat(kv.patch("metadata/v", "{\"metadata_cas\":1,\"metadata_cas_required\":true}"))
                .isEqualTo("204");
        assertThat(kv.put("metadata/v", "{\"max_versions\":3}"))
                .isEqualTo("400 metadata check-and-set parameter required for this call");
        assertThat(kv.put("data/v", "{\"data\":{}}")).startsWith("200");
        assertThat(kv.get("metadata/v")).contains("\"current_metadata_version\":2");
        kv.put("config", "{\"metadata_cas_required\":true}");
        assertThat(kv.put("metadata/w", "{\"max_versions\":3}"))
                .startsWith("400 metadata check-and-set parameter required");
    }

    @Test
    void whatTheMountDemandsCannotBeSwitchedOffForASecret() {
        kv.put("config", "{\"cas_required\":true}");
        String warning =
                "200 null [\"cas_required\" set to false, but is mandated by backend config. This value will be ignored.]";
        assertThat(kv.put("metadata/v", "{\"cas_required\":false}")).isEqualTo(warning);
        assertThat(kv.patch("metadata/v", "{\"cas_required\":false}")).isEqualTo(warning);
        assertThat(kv.put("metadata/v", "{\"cas_required\":true}")).isEqualTo("204");
    }

    @Test
    void theConfigurationOfAMountIsReadAndWritten() {
        String empty = "200 {\"cas_required\":false,\"delete_version_after\":\"0s\",\"max_versions\":0,"
                + "\"metadata_cas_required\":false}";
        assertThat(kv.get("config")).isEqualTo(empty);
        assertThat(kv.put("config", "{}")).isEqualTo("204");
        assertThat(kv.store().keys()).isEmpty();
        assertThat(kv.put(
                        "config",
                        "{\"max_versions\":\"7\",\"cas_required\":\"true\",\"delete_version_after\":\"90m\"}"))
                .isEqualTo("204");
        assertThat(kv.get("config"))
                .isEqualTo("200 {\"cas_required\":true,\"delete_version_after\":\"1h30m0s\",\"max_versions\":7,"
                        + "\"metadata_cas_required\":false}");
        kv.put("config", "{\"delete_version_after\":-5}");
        assertThat(kv.get("config")).contains("\"delete_version_after\":\"-1s\"", "\"max_versions\":7");
        kv.put("config", "{\"delete_version_after\":0,\"max_versions\":0,\"cas_required\":false}");
        assertThat(kv.get("config")).isEqualTo(empty);
        assertThat(kv.put("metadata/v", "{\"delete_version_after\":\"-1s\"}"))
                .isEqualTo("400 Field validation failed: error converting input for field"
                        + " \"delete_version_after\": cannot provide negative value");
        assertThat(kv.delete("config")).startsWith("405");
    }
}
