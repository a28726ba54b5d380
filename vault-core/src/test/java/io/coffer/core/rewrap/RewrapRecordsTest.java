// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Golden;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RewrapRecordsTest {
    @Test
    void aRunIsReadAsItWasWritten() {
        for (String file : new String[] {"rewrap/run-1.json", "rewrap/run-ended-1.json"}) {
            String text = Golden.of(file).text();
            Rewrap run = RewrapRecord.read(new Plaintext(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(text(RewrapRecord.write(run))).isEqualTo(text);
            assertThat(run.ended().isPresent()).isEqualTo(file.contains("ended"));
        }
    }

    @Test
    void settingsAreReadAsTheyWereWritten() {
        String text = Golden.of("rewrap/settings-1.json").text();
        StorageKey key = new StorageKey(Scope.SYSTEM, "rewrap/settings");
        try (TestVault vault = TestVault.open()) {
            vault.change(writer -> writer.put(key, new Plaintext(text.getBytes(StandardCharsets.UTF_8))));
            vault.change(writer -> {
                assertThat(RewrapSettings.read(writer)).isEqualTo(new RewrapSettings(7, 20));
                RewrapSettings.read(writer).write(writer);
            });
            assertThat(text(vault.look(reader -> reader.get(key).orElseThrow())))
                    .isEqualTo(text);
        }
    }

    private static String text(Plaintext value) {
        return new String(value.bytes(), StandardCharsets.UTF_8);
    }
}
