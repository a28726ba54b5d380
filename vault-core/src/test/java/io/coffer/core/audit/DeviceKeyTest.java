// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.HandTime;
import io.coffer.core.Observer;
import io.coffer.core.SecretClosedException;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceKeyTest {
    private static final String GOLDEN = "{\"v\":1,\"key\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}";

    private final AuditLog log =
            new AuditLog(List.of(new HandDevice("file")), AuditLimits.DEFAULT, new HandTime(), Observer.none());
    private final OpenAudit store = new OpenAudit(log);
    private final StorageKey record = OpenAudit.keyOf("file");

    @Test
    void theRecordIsTheGoldenOne() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        assertThat(DeviceKey.encode(key)).asString(StandardCharsets.US_ASCII).isEqualTo(GOLDEN);

        put(GOLDEN);
        byte[] code =
                store.read(reader -> new DeviceKey("file").hashes(reader).of("x".getBytes(StandardCharsets.UTF_8)));
        assertThat(code).isEqualTo(OpenAudit.hmac(key, "x"));
    }

    @Test
    void aKeyIsMadeOnceAndForEachDevice() {
        String first = store.hmac("file", "x");
        AuditLog two = new AuditLog(
                List.of(new HandDevice("file"), new HandDevice("other")),
                AuditLimits.DEFAULT,
                new HandTime(),
                Observer.none());
        store.prepare(two);

        assertThat(store.hmac("file", "x")).isEqualTo(first).isNotEqualTo(store.hmac("other", "x"));
    }

    @Test
    void aRecordOfAnotherFormIsRefusedWithoutShowingIt() {
        for (String other : List.of(
                "",
                "{}",
                GOLDEN.replace("\"v\":1", "\"v\":2"),
                GOLDEN + " ",
                GOLDEN.replace("AAEC", "A?EC"),
                GOLDEN.replace("=\"}", "A\"}"),
                GOLDEN.replace("\"}", "\"]"))) {
            put(other);
            assertThatThrownBy(() -> store.read(reader -> new DeviceKey("file").hashes(reader)))
                    .as(other)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining("audit device file")
                    .hasMessageNotContaining("EC")
                    .hasNoCause();
        }
    }

    @Test
    void aDeviceWithoutAKeyIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> store.read(reader -> new DeviceKey("new").hashes(reader)))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("audit device new");
    }

    @Test
    void sealingClosesTheKey() {
        Hashes open = store.read(reader -> new DeviceKey("file").hashes(reader));
        store.barrier.close();

        assertThatThrownBy(() -> open.of(new byte[1])).isInstanceOf(SecretClosedException.class);
    }

    private void put(String text) {
        store.barrier.write(writer -> {
            writer.put(record, new Plaintext(text.getBytes(StandardCharsets.UTF_8)));
            return true;
        });
    }
}
