// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Canaries;
import io.coffer.core.RecordedRandom;
import io.coffer.core.TestVault;
import io.coffer.core.audit.HandDevice;
import io.coffer.core.ceremony.Hex;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.vault.VaultState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nothing secret is on the disk or in an audit entry, in any form.
class CanaryTest {
    private static final String CANARY = "canary-4f1d77-value";
    private static final int KEY_BYTES = 32;

    private final RecordedRandom random = new RecordedRandom(21);
    private final HandDevice device = new HandDevice("file");
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).random(random).devices(device), 5, 3);

    @AfterEach
    void close() {
        vault.close();
    }

    private void use() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\",\"description\":\"" + CANARY + "\"}");
        vault.write("sys/mounts/two", "{\"type\":\"kv-v2\"}");
        for (int i = 0; i < 20; i++) {
            vault.write("one/named-" + i, "{\"k\":\"" + CANARY + "\",\"n\":" + i + "}");
            vault.write("two/data/named-" + i % 5, "{\"data\":{\"k\":\"" + CANARY + i + "\",\"" + CANARY + "\":1}}");
            vault.write("cubbyhole/named-" + i, "{\"k\":[\"" + CANARY + "\"]}");
        }
        vault.write("two/metadata/named-1", "{\"custom_metadata\":{\"k\":\"" + CANARY + "\"}}");
        vault.delete("two/data/named-2");
        assertThat(vault.read("two/data/named-1")).isInstanceOf(Response.Ok.class);
        assertThat(vault.read("auth/token/lookup-self")).isInstanceOf(Response.Ok.class);
    }

    /// Every key and every value of the export, decoded, and the export itself.
    private List<byte[]> stored() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertThat(StoreExport.write(vault.disk(), out)).isGreaterThan(60);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<byte[]> all = new ArrayList<>(List.of(out.toByteArray()));
        for (String line : out.toString(StandardCharsets.US_ASCII).lines().toList()) {
            Json.Obj record = JsonText.DEFAULT.parseObject(line.getBytes(StandardCharsets.US_ASCII));
            all.add(Base64.getDecoder().decode(((Json.Str) record.get("key")).value()));
            all.add(Base64.getDecoder().decode(((Json.Str) record.get("value")).value()));
        }
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void noValueNoShareAndNoTokenIsOnTheDisk() {
        use();
        List<byte[]> secrets = new ArrayList<>(List.of(utf8(CANARY), utf8(TestVault.ROOT.text())));
        for (Secret share : vault.shares()) {
            secrets.add(share.copy());
            secrets.add(Arrays.copyOf(share.copy(), KEY_BYTES));
        }
        for (byte[] part : stored()) {
            assertThat(secrets).noneMatch(secret -> Canaries.holds(part, secret));
        }
    }

    /// The unseal key, the root key, the keys of every scope and mount, the key of token hashes: all were drawn.
    @Test
    void nothingThatWasDrawnAsAKeyIsOnTheDisk() {
        use();
        byte[] salt = ((VaultState.Unsealed) vault.vault().state())
                .record()
                .commitments()
                .salt();
        List<byte[]> keys = random.drawn().stream()
                .filter(drawn -> drawn.length >= KEY_BYTES && !Arrays.equals(drawn, salt))
                .map(drawn -> Arrays.copyOfRange(drawn, drawn.length - KEY_BYTES + 1, drawn.length))
                .toList();
        assertThat(keys).hasSizeGreaterThan(12);
        List<byte[]> stored = stored();
        for (byte[] key : keys) {
            assertThat(stored).noneMatch(part -> Canaries.holds(part, key));
        }
        assertThat(stored).as("the salt lies in clear").anyMatch(part -> Canaries.holds(part, salt));
    }

    @Test
    void namesStandInClearSoTheSearchSeesWhatIsThere() {
        use();
        assertThat(stored()).anyMatch(part -> Canaries.holds(part, utf8("named-1")));
    }

    @Test
    void noValueNoShareAndNoTokenIsInAnAuditEntry() {
        use();
        vault.vault().seal();
        for (int i = 1; i <= 3; i++) {
            byte[] hex = Hex.encode(vault.share(i).copy());
            vault.write("sys/unseal", "{\"key\":\"" + new String(hex, StandardCharsets.US_ASCII) + "\"}");
        }
        assertThat(vault.isUnsealed()).isTrue();
        byte[] lines = utf8(device.text());
        assertThat(Canaries.holds(lines, utf8("two/data/named-1"))).isTrue();
        assertThat(Canaries.holds(lines, utf8(CANARY + "0"))).isFalse();
        assertThat(Canaries.holds(lines, utf8(TestVault.ROOT.text()))).isFalse();
        for (Secret share : vault.shares()) {
            assertThat(Canaries.holds(lines, Arrays.copyOf(share.copy(), KEY_BYTES)))
                    .isFalse();
        }
        assertThat(vault.events().toString()).doesNotContain(CANARY, TestVault.ROOT.text());
    }
}
