// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.audit.HandDevice;
import io.coffer.core.ceremony.Hex;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnsealRoutesTest {
    private final HandDevice device = new HandDevice("file");
    private final TestVault vault =
            new TestVault(TestVault.Setup.over(new MemoryDisk()).devices(device)).initialize(5, 3);

    @AfterEach
    void close() {
        vault.close();
    }

    private Response unseal(String body) {
        return vault.write("sys/unseal", body);
    }

    private String hex(int index) {
        return new String(Hex.encode(vault.share(index).copy()), StandardCharsets.US_ASCII);
    }

    private static Response from(TestVault vault, Origin origin, String body) {
        return vault.handle(
                Requests.from(origin, vault.request(Operation.UPDATE, "sys/unseal", body, Optional.empty())));
    }

    @Test
    void threeSharesInAnyFormOpenAndTheStatusTellsHowFar() {
        assertThat(TestVault.text(unseal("{\"key\":\"" + hex(1) + "\"}")))
                .contains("\"sealed\":true", "\"progress\":1", "\"expires\":\"");
        String base64 = Base64.getEncoder().encodeToString(vault.share(2).copy());
        assertThat(TestVault.text(unseal("{\"KEY\":\"" + base64 + "\"}"))).contains("\"progress\":2");
        assertThat(TestVault.text(unseal("{\"key\":\"" + hex(3).toUpperCase(java.util.Locale.ROOT) + "\"}")))
                .contains("\"sealed\":false", "\"progress\":0", "\"nonce\":\"\"")
                .doesNotContain("expires");
        assertThat(TestVault.text(unseal("{\"key\":\"" + hex(3) + "\"}"))).contains("\"sealed\":false");
    }

    @Test
    void everyRefusalHasItsText() {
        assertThat(unseal("{}"))
                .isEqualTo(new Response.Invalid(
                        "'key' must be specified in request body as JSON, or 'reset' set to true"));
        assertThat(unseal("{\"key\":\"zz\"}"))
                .isEqualTo(new Response.Invalid("'key' must be a valid hex or base64 string"));
        assertThat(unseal("{\"key\":\"" + "ab".repeat(33) + "\"}"))
                .isEqualTo(new Response.Invalid("share 171: not a share of this vault"));
        assertThat(unseal("{\"key\":\"" + "ab".repeat(16) + "\"}"))
                .isEqualTo(new Response.Invalid("key: not a share of this vault"));
        assertThat(unseal("{\"migrate\":true,\"key\":\"" + hex(1) + "\"}"))
                .isEqualTo(new Response.Failed("can't perform a seal migration, no migration seal found"));
        for (String wrong : List.of("{\"key\":1}", "{\"key\":[\"" + hex(1) + "\"]}", "{\"key\":", "[]")) {
            assertThat(unseal(wrong)).as(wrong).isInstanceOf(Response.Invalid.class);
        }
        assertThat(TestVault.text(vault.read("sys/seal-status"))).contains("\"progress\":0");
    }

    @Test
    void aResetFromElsewhereNeedsAShare() {
        Origin far = new Origin("192.0.2.1", 4000, false, false);
        unseal("{\"key\":\"" + hex(1) + "\"}");
        assertThat(from(vault, far, "{\"reset\":true}")).isInstanceOf(Response.Denied.class);
        assertThat(from(vault, far, "{\"reset\":true,\"key\":\"" + "ab".repeat(33) + "\"}"))
                .isInstanceOf(Response.Denied.class);
        assertThat(from(vault, far, "{\"reset\":true,\"key\":\"nonsense\"}")).isInstanceOf(Response.Denied.class);
        assertThat(TestVault.text(vault.read("sys/seal-status"))).contains("\"progress\":1");
        assertThat(TestVault.text(from(vault, far, "{\"reset\":true,\"key\":\"" + hex(5) + "\"}")))
                .contains("\"progress\":0");
        unseal("{\"key\":\"" + hex(1) + "\"}");
        Origin legacy = new Origin("192.0.2.1", 4000, false, true);
        assertThat(TestVault.text(from(vault, legacy, "{\"reset\":true}"))).contains("\"progress\":0");
        unseal("{\"key\":\"" + hex(1) + "\"}");
        assertThat(TestVault.text(unseal("{\"reset\":true}"))).contains("\"progress\":0");
        vault.unseal();
        assertThat(unseal("{\"reset\":true}")).isEqualTo(new Response.Invalid("vault is unsealed"));
    }

    @Test
    void everyShareIsToldByIndexAndNoneByItsBytes() {
        unseal("{\"key\":\"" + hex(2) + "\"}");
        unseal("{\"key\":\"" + "ab".repeat(33) + "\"}");
        unseal("{\"reset\":true}");
        assertThat(device.text())
                .contains("\"share_index\":2", "\"share_generation\":1", "share 171: not a share of this vault")
                .contains("unseal ceremony reset")
                .doesNotContain(hex(2))
                .doesNotContain("abababab");
    }

    @Test
    void aFailingDeviceKeepsNobodyFromUnsealing() {
        vault.unseal();
        vault.vault().seal();
        device.mood = HandDevice.Mood.FAILS;
        for (int i = 1; i <= 3; i++) {
            assertThat(unseal("{\"key\":\"" + hex(i) + "\"}")).isInstanceOf(Response.Ok.class);
        }
        assertThat(vault.isUnsealed()).isTrue();
        device.mood = HandDevice.Mood.WRITES;
    }

    @Test
    void theBodyOfAShareIsErased() {
        Incoming request =
                vault.request(Operation.UPDATE, "sys/unseal", "{\"key\":\"" + hex(1) + "\"}", Optional.empty());
        byte[] body = request.body();
        vault.handle(request);
        assertThat(body).containsOnly(0);
        try (Secret own = vault.share(1).duplicate()) {
            assertThat(own.length()).isEqualTo(33);
        }
    }
}
