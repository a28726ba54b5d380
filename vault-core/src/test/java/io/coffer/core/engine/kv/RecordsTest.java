// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.engine.Golden;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final StorageKey KEY = Folder.of(new Scope("golden")).key("meta/x");

    @Test
    void aValueOfVersionOneIsTheGoldenOne() {
        UnversionedRecord record =
                Golden.of("kv/unversioned-1.json").holds(UnversionedRecord::read, UnversionedRecord::write);
        assertThat(record.lease()).isEqualTo(OptionalLong.of(3600));
        assertThat(JsonText.write(record.data()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"ttl\":\"1h\",\"n\":1.0,\"u\":\"ä\\\"😀\"}");
    }

    @Test
    void aVersionIsTheGoldenOne() {
        Golden.of("kv/version-1.json").holds(VersionRecord::read, VersionRecord::write);
        Golden.of("kv/version-1.json")
                .holds((key, value) -> new VersionRecord(VersionRecord.readTree(key, value)), VersionRecord::write);
    }

    @Test
    void theUpgradeRecordIsTheGoldenOne() {
        assertThat(Golden.of("kv/upgrade-1.json").holds(UpgradeRecord::read, UpgradeRecord::write))
                .isEqualTo(new UpgradeRecord("a/b \"c\""));
    }

    @Test
    void theSettingsAreTheGoldenOnes() {
        assertThat(Golden.of("kv/settings-1.json").holds(Settings::read, Settings::write))
                .isEqualTo(new Settings(7, true, false, -1));
    }

    @Test
    void theMetadataAreTheGoldenOnes() {
        assertThat(Golden.of("kv/metadata-1.json").holds(KeyMetadata::read, KeyMetadata::write))
                .isEqualTo(new KeyMetadata(
                        "2026-03-04T05:06:07.8Z",
                        "2026-03-05T00:00:00Z",
                        5,
                        2,
                        new Settings(3, false, true, 3600),
                        Map.of("owner", "ä", "k\"", "v"),
                        List.of(
                                new VersionState("2026-03-04T05:06:08Z", "", true),
                                new VersionState("2026-03-04T05:06:09Z", "2026-03-06T00:00:00Z", false),
                                new VersionState("2026-03-05T00:00:00Z", "", false)),
                        Footprints.UNKNOWN));
    }

    @Test
    void whatTheNewestVersionsTakeUpIsGoldenToo() {
        KeyMetadata golden = Golden.of("kv/metadata-1-footprints.json").holds(KeyMetadata::read, KeyMetadata::write);
        assertThat(golden.footprints()).isEqualTo(new Footprints("2023n2p"));
        assertThat(golden.footprint(3)).isEmpty();
        assertThat(golden.footprint(4)).hasValue(new Footprint(2, 131));
        assertThat(golden.footprint(5)).hasValue(new Footprint(2, 97));
    }

    @Test
    void footprintsThatNoVersionCanHaveAreRefused() {
        String text = Golden.of("kv/metadata-1-footprints.json").text();
        for (String bent : new String[] {
            text.replace("2023n2p", "2023n2p2p2p"), text.replace("2023n2p", "2023n2"), text.replace("\"2023n2p\"", "2")
        }) {
            assertThatThrownBy(() -> KeyMetadata.read(KEY, new Plaintext(bent.getBytes(StandardCharsets.UTF_8))))
                    .as(bent)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining("golden:meta/x");
        }
    }

    @Test
    void metadataWithListsOfUnequalLengthAreRefused() {
        String text = Golden.of("kv/metadata-1.json").text();
        for (String bent : new String[] {
            text.replace("[\"\",", "["), text.replace("\"current\":5", "\"current\":2"), text.replace("[3]", "[\"3\"]")
        }) {
            assertThatThrownBy(() -> KeyMetadata.read(KEY, new Plaintext(bent.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining("golden:meta/x");
        }
    }

    @Test
    void aVersionIsGoneFromItsDeletionOn() {
        Instant at = Instant.parse("2026-03-06T00:00:00Z");
        VersionState state = new VersionState("2026-03-04T05:06:09Z", "2026-03-06T00:00:00Z", false);
        assertThat(state.gone(at.minusNanos(1))).isFalse();
        assertThat(state.gone(at)).isTrue();
        assertThat(state.deletedAt("").gone(at)).isFalse();
        assertThat(state.deletedAt("").asDestroyed().gone(at)).isTrue();
    }

    @Test
    void noRecordPrintsItsValue() {
        Json.Obj secret = Json.object().put("k", "hunter2").build();
        assertThat(UnversionedRecord.of(secret) + " " + new VersionRecord(secret))
                .doesNotContain("hunter2");
    }
}
