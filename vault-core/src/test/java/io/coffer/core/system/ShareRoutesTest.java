// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.crypto.KeyOwner;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShareRoutesTest {
    private static final List<KeyOwner> OWNERS = List.of(KeyOwner.AGE, KeyOwner.pgp("cv25519"), KeyOwner.AGE);
    private static final List<String> NAMES = List.of("Ada", "Grace", "Mary");

    private final TestVault vault = TestVault.open();
    private final Asking root = Asking.root(vault);
    private final Asking nobody = Asking.nobody(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private static String holders() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < OWNERS.size(); i++) {
            all.add("{\"name\":\"" + NAMES.get(i) + "\",\"key\":\""
                    + OWNERS.get(i).key() + "\"}");
        }
        return ",\"share_holders\":[" + String.join(",", all) + "]";
    }

    private static Json.Obj one(Json list, int index) {
        return (Json.Obj) ((Json.Arr) list).items().get(index);
    }

    /// As docs/format.md says it, with nothing of Coffer but HMAC.
    private static String commitment(Json.Obj answer, Secret share) {
        byte[] bytes = share.copy();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int generation = Integer.parseInt(((Json.Num) answer.get("generation")).text());
        for (byte[] field : List.of(
                "coffer/share".getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().parseHex(Asking.text(answer, "store_id")),
                ByteBuffer.allocate(4).putInt(generation).array(),
                new byte[] {bytes[32]},
                Arrays.copyOf(bytes, 32))) {
            message.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
            message.writeBytes(field);
        }
        byte[] salt = HexFormat.of().parseHex(Asking.text(answer, "salt"));
        return HexFormat.of().formatHex(Hmac.once(salt, message.toByteArray()));
    }

    @Test
    void anybodyCanCheckAShareAtHomeAlsoWhileSealed() {
        for (boolean sealed : new boolean[] {false, true}) {
            if (sealed) {
                vault.vault().seal();
            }
            Json.Obj answer = Asking.data(nobody.read("sys/share/commitments"));
            for (int i = 1; i <= 5; i++) {
                assertThat(((Json.Str) ((Json.Arr) answer.get("commitments"))
                                        .items()
                                        .get(i - 1))
                                .value())
                        .isEqualTo(commitment(answer, vault.share(i)));
            }
        }
    }

    @Test
    void encryptedSharesWaitForTheirHoldersAlsoWhileSealedUntilTheyHaveArrived() {
        Response last = root.rekey(3, 2, holders(), vault.shares());
        Asking.arrived(last);
        vault.vault().seal();
        List<Secret> fresh = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Json.Obj waits = Asking.data(nobody.read("sys/share/delivery/2/" + (i + 1)));
            byte[] message = Base64.getDecoder().decode(Asking.text(waits, "message"));
            String hex = new String(OWNERS.get(i).reads().apply(message), StandardCharsets.US_ASCII);
            fresh.add(Secret.takeFrom(HexFormat.of().parseHex(hex)));
        }
        String arrived = "{\"key\":\"" + Asking.hex(fresh.get(1)) + "\"}";
        assertThat(nobody.write("sys/share/acknowledge", arrived)).isEqualTo(Response.NO_CONTENT);
        assertThat(nobody.write("sys/share/acknowledge", arrived)).isEqualTo(Response.NO_CONTENT);
        assertThat(nobody.read("sys/share/delivery/2/2")).isEqualTo(Response.ABSENT);
        Json.Obj left = Asking.data(nobody.read("sys/share/delivery"));
        assertThat(((Json.Arr) left.get("shares")).items()).hasSize(2);
        assertThat(new String(JsonText.write(left), StandardCharsets.UTF_8)).doesNotContain("Ada");
        assertThat(Asking.refusal(nobody.write("sys/share/acknowledge", "{\"key\":\"" + "11".repeat(33) + "\"}")))
                .startsWith("not a share of this vault");
        assertThat(nobody.delete("sys/share/delivery/2/1", "")).isEqualTo(new Response.Unavailable("Vault is sealed"));

        assertThat(Asking.opens(vault, fresh.subList(1, 3))).isTrue();
        assertThat(nobody.delete("sys/share/delivery/2/1", "")).isInstanceOf(Response.Denied.class);
        assertThat(root.delete("sys/share/delivery/2/1", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(((Json.Arr) Asking.data(nobody.read("sys/share/delivery")).get("shares")).items())
                .hasSize(1);
    }

    @Test
    void operatorsSeeWhoHoldsWhatAndWhenHeLastLooked() {
        Asking.arrived(root.rekey(3, 2, holders(), vault.shares()));
        assertThat(root.write("sys/share/report", "{\"generation\":2,\"index\":3}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(Asking.refusal(root.write("sys/share/report", "{\"generation\":1,\"index\":3}")))
                .contains("name no share");
        Json shares = Asking.data(root.read("sys/share/holders")).get("shares");
        assertThat(Asking.text(one(shares, 0), "name")).isEqualTo("Ada");
        assertThat(one(shares, 0).get("waiting")).isEqualTo(Json.of(true));
        assertThat(Asking.text(one(shares, 2), "checked")).isEqualTo("2026-11-24T12:00:00.5Z");
        assertThat(Asking.text(one(shares, 1), "checked")).isEmpty();
        assertThat(nobody.read("sys/share/holders")).isInstanceOf(Response.Denied.class);
        Asking.arrived(root.rekey(2, 2, "", fresh()));
        assertThat(((Json.Arr) Asking.data(root.read("sys/share/holders")).get("shares")).items())
                .as("those of the former shares are forgotten")
                .hasSize(2);
        assertThat(((Json.Arr) Asking.data(root.read("sys/share/delivery")).get("shares")).items())
                .isEmpty();
    }

    private List<Secret> fresh() {
        List<Secret> fresh = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Json.Obj waits = Asking.data(nobody.read("sys/share/delivery/2/" + (i + 1)));
            byte[] message = Base64.getDecoder().decode(Asking.text(waits, "message"));
            String hex = new String(OWNERS.get(i).reads().apply(message), StandardCharsets.US_ASCII);
            fresh.add(Secret.takeFrom(HexFormat.of().parseHex(hex)));
        }
        return fresh;
    }

    @Test
    void namesOfHoldersShowToTokensOnly() {
        root.start(3, 2, holders());
        assertThat(new String(JsonText.write(Asking.data(root.read("sys/rekey/init"))), StandardCharsets.UTF_8))
                .contains("Grace");
        Json.Obj seen = Asking.data(nobody.read("sys/rekey/init"));
        assertThat(new String(JsonText.write(seen), StandardCharsets.UTF_8)).doesNotContain("Grace");
        assertThat(((Json.Arr) seen.get("pgp_fingerprints")).items())
                .as("whose keys")
                .hasSize(3);
    }

    @Test
    void aBackupKeepsTheEncryptedSharesUnderTheirFingerprints() {
        String key = KeyOwner.pgp("cv25519").key();
        String keys = ",\"backup\":true,\"pgp_keys\":[\"" + key + "\",\"" + key + "\"]";
        Json.Obj made = Asking.data(root.rekey(2, 2, keys, vault.shares()));
        String fingerprint =
                ((Json.Str) ((Json.Arr) made.get("pgp_fingerprints")).items().getFirst()).value();
        Json.Obj kept = Asking.data(root.read("sys/rotate/root/backup"));
        assertThat(Asking.text(kept, "nonce")).isEqualTo(Asking.text(made, "nonce"));
        assertThat(((Json.Obj) kept.get("keys")).get(fingerprint)).isEqualTo(made.get("keys"));
        assertThat(((Json.Obj) kept.get("keys_base64")).get(fingerprint)).isEqualTo(made.get("keys_base64"));
        assertThat(root.delete("sys/rekey/backup", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(Asking.refusal(root.read("sys/rekey/backup"))).isEqualTo("no backed-up keys found");
    }
}
