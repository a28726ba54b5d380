// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.audit.HandDevice;
import io.coffer.core.crypto.PgpKeys;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.vault.VaultState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InitRoutesTest {
    private final HandDevice device = new HandDevice("file");
    private final TestVault vault =
            new TestVault(TestVault.Setup.over(new MemoryDisk()).devices(device));

    @AfterEach
    void close() {
        vault.close();
    }

    private Response init(String body) {
        return vault.handle(vault.request(Operation.UPDATE, "sys/init", body, Optional.empty()));
    }

    private static Json.Obj parsed(Response answer) {
        return JsonText.DEFAULT.parseObject(TestVault.text(answer).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(Json.Obj object, String name) {
        return ((Json.Arr) object.get(name))
                .items().stream().map(item -> ((Json.Str) item).value()).toList();
    }

    @Test
    void theSharesAreTheSameInBothFormsAndTheTokenIsRoot() {
        Json.Obj made = parsed(init("{\"secret_shares\":4,\"secret_threshold\":2}"));
        List<String> hex = texts(made, "keys");
        List<String> base64 = texts(made, "keys_base64");
        assertThat(hex).hasSize(4).allMatch(key -> key.matches("[0-9a-f]{66}"));
        for (int i = 0; i < 4; i++) {
            assertThat(Base64.getDecoder().decode(base64.get(i)))
                    .isEqualTo(HexFormat.of().parseHex(hex.get(i)));
        }
        vault.write("sys/unseal", "{\"key\":\"" + hex.get(3) + "\"}");
        vault.write("sys/unseal", "{\"key\":\"" + base64.get(1) + "\"}");
        assertThat(vault.isUnsealed()).isTrue();
        String token = ((Json.Str) made.get("root_token")).value();
        assertThat(vault.handle(vault.request(Operation.READ, "sys/mounts", "", Optional.of(new Credential(token)))))
                .isInstanceOf(Response.Ok.class);
        assertThat(device.text())
                .contains("initialized, 2 of 4 shares")
                .doesNotContain(token)
                .doesNotContain(hex.get(0));
    }

    @Test
    void withoutNumbersThereAreFiveSharesOfWhichThreeOpen() {
        assertThat(texts(parsed(init("{}")), "keys")).hasSize(5);
        assertThat(((VaultState.Sealed) vault.vault().state()).record().config().threshold())
                .isEqualTo(3);
        assertThat(init("{}")).isEqualTo(new Response.Invalid("Vault is already initialized"));
        assertThat(init("{\"secret_shares\":1,\"secret_threshold\":9}"))
                .isEqualTo(new Response.Invalid("Vault is already initialized"));
        assertThat(device.text()).contains("\"error\":\"Vault is already initialized\"");
    }

    @Test
    void impossibleNumbersAreRefusedAndNothingIsMade() {
        for (String[] bad : new String[][] {
            {"{\"secret_shares\":0,\"secret_threshold\":1}", "shares must be at least one"},
            {"{\"secret_shares\":5}", "threshold must be at least one"},
            {"{\"secret_threshold\":5}", "shares must be at least one"},
            {"{\"secret_shares\":5,\"secret_threshold\":1}", "threshold must be greater than one for multiple shares"},
            {"{\"secret_shares\":256,\"secret_threshold\":2}", "shares must be less than 256"},
            {"{\"secret_shares\":2,\"secret_threshold\":3}", "threshold cannot be larger than shares"},
            {"{\"secret_shares\":9223372036854775807,\"secret_threshold\":3}", "shares must be less than 256"},
            {
                "{\"secret_shares\":2,\"secret_threshold\":2,\"pgp_keys\":[\"x\"]}",
                "count mismatch between number of provided PGP keys and number of shares"
            },
        }) {
            assertThat(init(bad[0]))
                    .as(bad[0])
                    .isEqualTo(new Response.Invalid("invalid seal configuration: " + bad[1]));
        }
        for (String bad : List.of(
                "{\"secret_shares\":\"many\"}",
                "{\"secret_shares\":99999999999999999999999}",
                "{\"secret_shares\":1.5}",
                "{\"pgp_keys\":{\"a\":1}}",
                "{",
                "[]",
                "{\"secret_shares\":1,\"secret_threshold\":1,\"pgp_keys\":[\"!\"]}",
                "{\"secret_shares\":1,\"secret_threshold\":1,\"pgp_keys\":[\"AAAA\"]}",
                "{\"secret_shares\":1,\"secret_threshold\":1,\"root_token_pgp_key\":\"AAAA\"}")) {
            assertThat(init(bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        assertThat(init("{\"recovery_shares\":3,\"recovery_pgp_keys\":[\"a\"]}"))
                .isEqualTo(new Response.Invalid(
                        "parameters recovery_pgp_keys,recovery_shares not applicable to seal type shamir"));
        assertThat(vault.vault().state()).isInstanceOf(VaultState.Uninitialized.class);
    }

    @Test
    void holdersGetTheirSharesEncryptedAndNobodyElseGetsThem() throws Exception {
        List<String> names = List.of("cv25519", "rsa3072", "nistp384");
        String keys = String.join(
                "\",\"",
                names.stream()
                        .map(name -> Base64.getEncoder().encodeToString(PgpKeys.publicKey(name)))
                        .toList());
        Json.Obj made = parsed(init("{\"secret_shares\":3,\"secret_threshold\":2,\"pgp_keys\":[\"" + keys
                + "\"],\"root_token_pgp_key\":\""
                + Base64.getEncoder().encodeToString(PgpKeys.publicKey("rsa2048")) + "\"}"));
        for (int i = 0; i < 2; i++) {
            byte[] message =
                    Base64.getDecoder().decode(texts(made, "keys_base64").get(i));
            assertThat(texts(made, "keys").get(i)).isEqualTo(HexFormat.of().formatHex(message));
            String share = new String(PgpKeys.decrypt(names.get(i), message), StandardCharsets.US_ASCII);
            assertThat(share).matches("[0-9a-f]{64}0" + (i + 1));
            vault.write("sys/unseal", "{\"key\":\"" + share + "\"}");
        }
        assertThat(vault.isUnsealed()).isTrue();
        byte[] message = Base64.getDecoder().decode(((Json.Str) made.get("root_token")).value());
        String token = new String(PgpKeys.decrypt("rsa2048", message), StandardCharsets.US_ASCII);
        assertThat(vault.handle(vault.request(Operation.READ, "sys/mounts", "", Optional.of(new Credential(token)))))
                .isInstanceOf(Response.Ok.class);
    }
}
