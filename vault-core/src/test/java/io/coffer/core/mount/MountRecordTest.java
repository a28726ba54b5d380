// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.engine.Golden;
import io.coffer.core.engine.LoginSettings;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MountRecordTest {
    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "mounts/u");
    private static final String GOLDEN =
            "{\"v\":1,\"uuid\":\"u\",\"path\":\"team/app/\",\"type\":\"kv\",\"accessor\":\"kv_1\","
                    + "\"options\":{\"a\":\"\",\"version\":\"2\"},\"local\":true,\"seal_wrap\":false,\"description\":\"é\","
                    + "\"default_ttl\":60,\"max_ttl\":0,\"force_no_cache\":true,\"listing_visibility\":\"unauth\","
                    + "\"lists\":{\"allowed_response_headers\":[],\"audit_non_hmac_request_keys\":[\"x\",\"y\"]}}";
    private static final Mount MOUNT = new Mount(
            "u",
            "team/app/",
            "kv",
            "kv_1",
            Map.of("version", "2", "a", ""),
            true,
            false,
            new MountSettings(
                    "é",
                    Duration.ofMinutes(1),
                    Duration.ZERO,
                    true,
                    "unauth",
                    Map.of("audit_non_hmac_request_keys", List.of("x", "y"), "allowed_response_headers", List.of()),
                    LoginSettings.STANDARD));

    private static Mount read(String record) {
        return MountRecord.read(KEY, new Plaintext(record.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void movesAreReadAsTheyWereWritten() {
        Moves moves = Golden.of("mount/moves.json").holds(Moves::read, Moves::write);
        assertThat(moves.withId("i")).contains(new Moves.Move("i", "old/", "new/"));
        assertThat(moves.withId("j")).isEmpty();
    }

    @Test
    void aRecordIsTheGoldenOne() {
        assertThat(new String(MountRecord.write(MOUNT).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(GOLDEN);
        assertThat(read(GOLDEN)).isEqualTo(MOUNT);
    }

    @Test
    void aRecordOfAnotherFormIsNamed() {
        for (String bad : List.of(
                GOLDEN.replace("\"v\":1", "\"v\":2"),
                GOLDEN.replace("\"local\":true", "\"local\":\"yes\""),
                GOLDEN.replace("\"uuid\":\"u\",", ""),
                GOLDEN.replace("{\"v\":1", "{\"v\":1,\"more\":1"),
                GOLDEN.replace("\"max_ttl\":0", "\"max_ttl\":\"0\""),
                GOLDEN.replace("\"version\":\"2\"", "\"version\":2"),
                GOLDEN.replace("\"lists\":{", "\"lists\":{\"unknown\":[],"),
                GOLDEN.replace("[\"x\",\"y\"]", "\"x\""),
                GOLDEN.replace("[\"x\",\"y\"]", "[1]"),
                GOLDEN.replace("team/app/", "team/app"),
                GOLDEN.replace("\"default_ttl\":60", "\"default_ttl\":-60"),
                "",
                "{}",
                "[]")) {
            assertThatThrownBy(() -> read(bad))
                    .as(bad)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining(KEY.toString());
        }
    }
}
