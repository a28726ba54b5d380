// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.vault.VaultException;
import org.springframework.vault.core.VaultKeyValueOperationsSupport.KeyValueBackend;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.core.VaultVersionedKeyValueOperations;
import org.springframework.vault.support.Policy;
import org.springframework.vault.support.Policy.BuiltinCapabilities;
import org.springframework.vault.support.VaultToken;
import org.springframework.vault.support.VaultTokenRequest;
import org.springframework.vault.support.Versioned.Version;

/// Spring Vault, unmodified, from init to seal.
class SpringVaultTest {
    private final SpringClient client = new SpringClient();

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void itWalksFromInitToSeal() {
        mounts();
        versioned();
        unversioned();
        policies();
        tokens();
        ceremonies();
        client.sealAndUnseal();
        assertThat(client.vault().opsForVersionedKeyValue("secret").get("app").getRequiredData())
                .containsEntry("a", "b");
    }

    private void mounts() {
        var sys = client.vault().opsForSys();
        sys.mount("secret", SpringClient.of("kv", Map.of("version", "2")));
        sys.mount("plain", SpringClient.of("kv", Map.of("version", "1")));
        sys.mount("short", SpringClient.of("kv", Map.of()));
        assertThat(sys.getMounts().get("secret/").getOptions()).containsEntry("version", "2");
        sys.unmount("short");
        assertThat(sys.getMounts()).containsKeys("secret/", "plain/", "sys/").doesNotContainKey("short/");
        assertThatThrownBy(() -> sys.mount("secret", SpringClient.of("kv", Map.of())))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("path is already in use at secret/");
    }

    private void versioned() {
        VaultVersionedKeyValueOperations kv = client.vault().opsForVersionedKeyValue("secret");
        assertThat(kv.put("app", Map.of("a", "1")).getVersion()).isEqualTo(Version.from(1));
        assertThat(kv.put("app", Map.of("a", "b", "deep", Map.of("er", 1))).getVersion())
                .isEqualTo(Version.from(2));
        assertThat(kv.get("app", Version.from(1)).getRequiredData()).isEqualTo(Map.of("a", "1"));
        kv.delete("app");
        assertThat(kv.get("app").hasData()).isFalse();
        assertThat(kv.get("app").getRequiredMetadata().isDeleted()).isTrue();
        kv.undelete("app", Version.from(2));
        assertThat(kv.get("app").getRequiredData()).containsEntry("a", "b");
        kv.destroy("app", Version.from(1));
        assertThat(kv.get("app", Version.from(1)).getRequiredMetadata().isDestroyed())
                .isTrue();
        assertThat(kv.list("")).containsExactly("app");
        assertThat(kv.opsForKeyValueMetadata().get("app").getCurrentVersion()).isEqualTo(2);
        assertThat(kv.get("never-there")).isNull();
    }

    private void unversioned() {
        var kv = client.vault().opsForKeyValue("plain", KeyValueBackend.KV_1);
        kv.put("app/one", Map.of("a", "b"));
        assertThat(kv.get("app/one").getRequiredData()).isEqualTo(Map.of("a", "b"));
        assertThat(kv.list("app")).containsExactly("one");
        kv.delete("app/one");
        assertThat(kv.get("app/one")).isNull();
        client.vault().write("plain/by-hand", Map.of("c", "d"));
        assertThat(client.vault().read("plain/by-hand").getRequiredData()).isEqualTo(Map.of("c", "d"));
        assertThat(client.vault().list("plain")).containsExactly("by-hand");
        client.vault().delete("plain/by-hand");
    }

    private void policies() {
        Policy reader = Policy.of(Policy.Rule.builder()
                .path("secret/data/app")
                .capabilities(BuiltinCapabilities.READ)
                .minWrappingTtl(Duration.ofSeconds(1))
                .build());
        var sys = client.vault().opsForSys();
        sys.createOrUpdatePolicy(
                "reader",
                Policy.of(Policy.Rule.builder()
                        .path("secret/data/app")
                        .capabilities(BuiltinCapabilities.READ)
                        .build()));
        sys.createOrUpdatePolicy("wrapper", reader);
        assertThat(sys.getPolicy("wrapper")).isEqualTo(reader);
        assertThat(sys.getPolicyNames()).contains("default", "reader", "root", "wrapper");
        sys.deletePolicy("wrapper");
        assertThat(sys.getPolicy("wrapper")).isNull();
    }

    private void tokens() {
        var token = client.vault().opsForToken();
        var made = token.create(VaultTokenRequest.builder()
                .withPolicy("reader")
                .ttl(Duration.ofMinutes(30))
                .explicitMaxTtl(Duration.ofHours(2))
                .displayName("a name")
                .meta(Map.of("team", "one"))
                .numUses(9)
                .renewable()
                .build());
        VaultTemplate limited = client.as(made.getToken());
        assertThat(limited.opsForVersionedKeyValue("secret").get("app").getRequiredData())
                .containsEntry("a", "b");
        assertThatThrownBy(() -> limited.opsForVersionedKeyValue("secret").put("app", Map.of()))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("permission denied");
        assertThat(token.renew(made.getToken()).getToken()).isEqualTo(made.getToken());
        token.revoke(made.getToken());
        assertThatThrownBy(() -> limited.read("secret/data/app")).hasMessageContaining("permission denied");
        VaultToken orphan = token.createOrphan().getToken();
        token.revokeOrphan(orphan);
        assertThatThrownBy(() -> client.as(orphan).read("auth/token/lookup-self"))
                .hasMessageContaining("permission denied");
    }

    private void ceremonies() {
        int before = term();
        client.vault().write("sys/rotate", Map.of());
        assertThat(term()).isEqualTo(before + 1);
        JsonNode rekey = client.post("sys/rekey/init", Map.of("secret_shares", 2, "secret_threshold", 2));
        JsonNode made = offered("sys/rekey/update", rekey.get("nonce").asText());
        assertThat(made.get("complete").asBoolean()).isTrue();
        client.shares = List.of(made.at("/keys/0").asText(), made.at("/keys/1").asText());
        JsonNode begun = client.post("sys/generate-root/attempt", Map.of());
        JsonNode done = offered("sys/generate-root/update", begun.get("nonce").asText());
        byte[] token = Base64.getDecoder().decode(done.get("encoded_token").asText());
        byte[] pad = begun.get("otp").asText().getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < token.length; i++) {
            token[i] ^= pad[i];
        }
        client.root = VaultToken.of(new String(token, StandardCharsets.US_ASCII));
        assertThat(SpringClient.text(client.vault().read("auth/token/lookup-self"), "policies"))
                .isEqualTo("[root]");
    }

    private JsonNode offered(String path, String nonce) {
        client.post(path, Map.of("key", client.shares.get(0), "nonce", nonce));
        return client.post(path, Map.of("key", client.shares.get(1), "nonce", nonce));
    }

    private int term() {
        return Integer.parseInt(SpringClient.text(client.vault().read("sys/key-status"), "term"));
    }
}
