// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words and forms of sys/rekey and sys/rotate/root.
class RekeyRoutesTest {
    private final TestVault vault = TestVault.open();
    private final Asking root = Asking.root(vault);
    private final Asking nobody = Asking.nobody(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private static String json(Response response) {
        return new String(JsonText.write(Asking.data(response)), StandardCharsets.UTF_8);
    }

    @Test
    void anIdleStatusHasEveryMemberThatClientsReadAndAnyoneMayAsk() {
        assertThat(json(nobody.read("sys/rekey/init")))
                .isEqualTo("{\"nonce\":\"\",\"started\":false,\"t\":0,\"n\":0,\"progress\":0,\"required\":3,"
                        + "\"pgp_fingerprints\":null,\"backup\":false,\"verification_required\":false,"
                        + "\"generation\":1}");
        assertThat(json(root.read("sys/rotate/root/init")))
                .isEqualTo("{\"started\":false,\"t\":0,\"n\":0,\"required\":3,\"generation\":1}");
        assertThat(nobody.read("sys/rotate/root/init")).isInstanceOf(Response.Denied.class);
    }

    @Test
    void refusalsAreInTheWordsThatClientsKnow() {
        String share = Asking.hex(vault.share(1));
        assertThat(Asking.refusal(nobody.write("sys/rekey/update", "{\"nonce\":\"n\"}")))
                .isEqualTo("no barrier rekey in progress");
        assertThat(Asking.refusal(nobody.read("sys/rekey/verify"))).isEqualTo("no rekey configuration found");
        assertThat(Asking.refusal(nobody.write("sys/rekey/verify", "{\"key\":\"" + share + "\",\"nonce\":\"n\"}")))
                .isEqualTo("no rekey in progress");
        String nonce = root.start(4, 2, "");
        assertThat(Asking.refusal(root.write("sys/rekey/init", "{\"secret_shares\":4,\"secret_threshold\":2}")))
                .isEqualTo("rekey already in progress");
        assertThat(Asking.refusal(nobody.write("sys/rekey/update", "{\"nonce\":\"" + nonce + "\"}")))
                .isEqualTo("'key' must be specified in request body as JSON");
        assertThat(Asking.refusal(nobody.update("another", vault.share(1))))
                .isEqualTo("incorrect nonce supplied; nonce for this rekey operation is \"" + nonce + "\"");
        nobody.update(nonce, vault.share(1));
        assertThat(Asking.refusal(nobody.update(nonce, vault.share(1))))
                .isEqualTo("given key has already been provided during this generation operation");
        assertThat(Asking.refusal(nobody.prove(nonce, vault.share(1)))).isEqualTo("no rekey verification in progress");
        assertThat(root.delete("sys/rekey/init", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(root.delete("sys/rekey/init", "")).isEqualTo(Response.NO_CONTENT);

        Response last = root.rekey(4, 2, ",\"require_verification\":true", vault.shares());
        String proof = Asking.text(Asking.data(last), "verification_nonce");
        Secret fresh = Asking.shares(last).getFirst();
        assertThat(Asking.refusal(nobody.update(nonce, vault.share(1))))
                .isEqualTo("rekey operation already finished; verification must be performed; nonce for the"
                        + " verification operation is \"" + proof + "\"");
        assertThat(Asking.refusal(nobody.prove("another", fresh)))
                .isEqualTo("incorrect nonce supplied; nonce for this verify operation is \"" + proof + "\"");
        nobody.prove(proof, fresh);
        assertThat(Asking.refusal(nobody.prove(proof, fresh)))
                .isEqualTo("given key has already been provided during this verify operation");
        assertThat(Asking.refusal(nobody.prove(proof, vault.share(2)))).startsWith("share 2: a share of generation 1");
        assertThat(Asking.data(root.delete("sys/rekey/verify", "")).get("progress"))
                .isEqualTo(Json.of(0));
    }

    @Test
    void theNewerNameHasItsOwnWords() {
        String share = Asking.hex(vault.share(1));
        assertThat(Asking.refusal(root.write("sys/rotate/root/update", "{\"key\":\"" + share + "\"}")))
                .isEqualTo("missing required field 'nonce'");
        assertThat(Asking.refusal(root.write("sys/rotate/root/update", "{\"nonce\":\"n\",\"key\":\"" + share + "\"}")))
                .isEqualTo("no rotation in progress");
        String nonce = Asking.text(
                Asking.data(root.write("sys/rotate/root/init", "{\"secret_shares\":4,\"secret_threshold\":2}")),
                "nonce");
        assertThat(Asking.refusal(root.write("sys/rotate/root/init", "{\"secret_shares\":4,\"secret_threshold\":2}")))
                .isEqualTo("rotation already in progress");
        assertThat(Asking.refusal(root.write("sys/rotate/root/update", "{\"nonce\":\"" + nonce + "\"}")))
                .isEqualTo("missing required field 'key'");
        assertThat(Asking.refusal(root.write("sys/rotate/root/update", "{\"nonce\":\"n\",\"key\":\"" + share + "\"}")))
                .isEqualTo("incorrect nonce supplied; nonce for rotation is \"" + nonce + "\"");
        assertThat(Asking.refusal(root.read("sys/rotate/root/verify"))).isEqualTo("no rotation configuration found");
        assertThat(Asking.refusal(root.write("sys/rotate/root", "")))
                .isEqualTo("needs shares; use sys/rotate/root/init");
        assertThat(Asking.data(nobody.read("sys/rekey/init")).get("nonce"))
                .as("both names are one ceremony")
                .isEqualTo(Json.of(nonce));
    }

    @Test
    void whatASealWithoutRecoverySharesCannotDoIsSaidSo() {
        for (String path : List.of("init", "verify", "update")) {
            assertThat(Asking.refusal(nobody.write("sys/rekey-recovery-key/" + path, "")))
                    .isEqualTo("recovery rekeying not supported");
        }
        assertThat(Asking.refusal(root.read("sys/rekey/recovery-key-backup"))).isEqualTo("no backed-up keys found");
        assertThat(Asking.refusal(root.read("sys/rekey/backup"))).isEqualTo("no backed-up keys found");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, shares must be at least one",
        "3, 0, threshold must be at least one",
        "3, 1, threshold must be greater than one for multiple shares",
        "256, 3, shares must be less than 256",
        "3, 4, threshold cannot be larger than shares"
    })
    void numbersThatMakeNoSetAreRefused(int shares, int threshold, String reason) {
        assertThat(Asking.refusal(root.write(
                        "sys/rekey/init", "{\"secret_shares\":" + shares + ",\"secret_threshold\":" + threshold + "}")))
                .isEqualTo("invalid rekey seal configuration: " + reason);
        assertThat(Asking.data(root.read("sys/rekey/init")).get("started")).isEqualTo(Json.of(false));
    }

    @Test
    void aDryRunTellsThePlanAndBeginsNothing() {
        Json.Obj plan = Asking.data(root.write(
                "sys/rekey/init", "{\"secret_shares\":4,\"secret_threshold\":2,\"verify_all\":true,\"dry_run\":true}"));
        assertThat(plan.get("dry_run")).isEqualTo(Json.of(true));
        assertThat(plan.get("new_generation")).isEqualTo(Json.of(2));
        assertThat(plan.get("verify_all")).isEqualTo(Json.of(true));
        assertThat(Asking.data(root.read("sys/rekey/init")).get("started")).isEqualTo(Json.of(false));
        assertThat(nobody.write("sys/rekey/init", "{\"secret_shares\":4,\"secret_threshold\":2,\"dry_run\":true}"))
                .isInstanceOf(Response.Denied.class);
    }

    @Test
    void everyFormOfAShareIsAnsweredAtOnceAndTheOthersStay() {
        String nonce = root.start(4, 2, "");
        nobody.update(nonce, vault.share(5));
        byte[] good = vault.share(1).copy();
        String hex = HexFormat.of().formatHex(good);
        byte[] atZero = good.clone();
        atZero[32] = 0;
        String url = Base64.getUrlEncoder().encodeToString(new byte[] {
            -5, -17, -66, -5, -17, -66, -5, -17, -66, -5, -17, -66, -5, -17, -66, -5, -17, -66
        });
        for (String bad : List.of(
                hex.substring(0, 62) + "00",
                HexFormat.of().formatHex(atZero),
                " " + hex,
                hex + "\\n",
                url,
                hex.substring(0, 30),
                hex + hex,
                "")) {
            Response answer = nobody.write("sys/rekey/update", "{\"key\":\"" + bad + "\",\"nonce\":\"" + nonce + "\"}");
            assertThat(answer).as("%s", bad).isInstanceOf(Response.Invalid.class);
            assertThat(Asking.refusal(answer)).doesNotContain("invalid key").doesNotContain(hex);
        }
        Response upper = nobody.write(
                "sys/rekey/update", "{\"key\":\"" + hex.toUpperCase(Locale.ROOT) + "\",\"nonce\":\"" + nonce + "\"}");
        assertThat(Asking.data(upper).get("progress")).as("hex in capitals").isEqualTo(Json.of(2));
        String base64 = Base64.getEncoder().encodeToString(vault.share(2).copy());
        assertThat(root.write("sys/rekey/update", "{\"key\":\"" + base64 + "\",\"nonce\":\"" + nonce + "\"}"))
                .isInstanceOf(Response.Handed.class);
    }

    @Test
    void aSealEndsWhatCollectsAndASealedOrEmptyVaultHasNoRekey() {
        String nonce = root.start(4, 2, "");
        nobody.update(nonce, vault.share(5));
        vault.vault().seal();
        assertThat(nobody.read("sys/rekey/init")).isEqualTo(new Response.Unavailable("Vault is sealed"));
        vault.unseal();
        assertThat(Asking.data(nobody.read("sys/rekey/init")).get("started")).isEqualTo(Json.of(false));
        try (TestVault empty = new TestVault(TestVault.Setup.over(new io.coffer.core.storage.MemoryDisk()))) {
            assertThat(Asking.refusal(Asking.nobody(empty).read("sys/rekey/init")))
                    .isEqualTo("server is not yet initialized");
            assertThat(Asking.refusal(Asking.nobody(empty).ask(Operation.UPDATE, "sys/rekey/init", "")))
                    .isEqualTo("server is not yet initialized");
        }
    }
}
