// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.Timestamps;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.crypto.PgpKeys;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may start a rekey, collect its shares and end it.
class AuthorityTest {
    private static final String BODY = "{\"secret_shares\":2,\"secret_threshold\":2";

    private final TestVault vault = TestVault.open();
    private final Asking root = Asking.root(vault);
    private final Asking nobody = Asking.nobody(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private boolean started() {
        return Asking.data(nobody.read("sys/rekey/init")).get("started").equals(Json.of(true));
    }

    private String nonce() {
        return Asking.text(Asking.data(nobody.read("sys/rekey/init")), "nonce");
    }

    private static String keys() {
        String key = Base64.getEncoder().encodeToString(PgpKeys.publicKey("cv25519"));
        return ",\"pgp_keys\":[\"" + key + "\",\"" + key + "\"]";
    }

    private String byShare(int index, String more) {
        return BODY + more + ",\"key\":\"" + Asking.hex(vault.share(index)) + "\"}";
    }

    @Test
    void whoHasNeitherTokenNorShareChangesNothing() {
        for (Asking one : List.of(
                nobody, new Asking(vault, Optional.of(new Credential("hvs.NobodyKnowsThisOne")), Asking.ELSEWHERE))) {
            assertThat(Asking.refusal(one.write("sys/rekey/init", BODY + "}"))).startsWith("permission denied");
            assertThat(Asking.refusal(one.write("sys/rekey/init", BODY + ",\"key\":\"" + "00".repeat(33) + "\"}")))
                    .startsWith("permission denied");
            assertThat(one.write("sys/rotate/root/init", BODY + "}")).isInstanceOf(Response.Denied.class);
        }
        assertThat(started()).isFalse();
        root.start(2, 2, "");
        assertThat(nobody.delete("sys/rekey/init", "")).isInstanceOf(Response.Denied.class);
        assertThat(nobody.delete("sys/rotate/root/init", "")).isInstanceOf(Response.Denied.class);
        assertThat(started()).isTrue();
    }

    @Test
    void onALegacyListenerAnybodyDoesAllOfIt() {
        Asking legacy = Asking.legacy(vault);
        List<Secret> fresh = Asking.shares(legacy.rekey(2, 2, "", vault.shares()));
        assertThat(fresh).hasSize(2);
        legacy.start(2, 2, "");
        assertThat(legacy.delete("sys/rekey/init", "")).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void newSharesInClearGoToTheTokenThatStartedAndToNobodyElse() {
        String nonce = root.start(2, 2, "");
        nobody.update(nonce, vault.share(1));
        nobody.update(nonce, vault.share(2));
        Json.Obj third = Asking.data(nobody.update(nonce, vault.share(3)));
        assertThat(third.get("progress")).isEqualTo(third.get("required")).isEqualTo(Json.of(3));
        assertThat(third.has("keys")).isFalse();
        String collect = "{\"nonce\":\"" + nonce + "\"}";
        assertThat(Asking.refusal(nobody.write("sys/rekey/update", collect)))
                .isEqualTo("'key' must be specified in request body as JSON");
        assertThat(Asking.refusal(Asking.legacy(vault).write("sys/rekey/update", collect)))
                .isEqualTo("'key' must be specified in request body as JSON");
        assertThat(Asking.refusal(nobody.update(nonce, vault.share(4)))).contains("already been provided");
        List<Secret> fresh = Asking.shares(root.write("sys/rekey/update", collect));
        assertThat(fresh).hasSize(2);
        assertThat(started()).isFalse();
    }

    @Test
    void anotherTokenWithAllRightsDoesNotCollectEither() {
        String nonce = root.start(2, 2, "");
        Response.Authenticated made =
                (Response.Authenticated) root.write("auth/token/create", "{\"policies\":[\"root\"]}");
        Credential other = made.auth().credential().orElseThrow();
        Asking second = new Asking(vault, Optional.of(other), Asking.ELSEWHERE);
        second.update(nonce, vault.share(1));
        second.update(nonce, vault.share(2));
        assertThat(Asking.data(second.update(nonce, vault.share(3))).has("keys"))
                .isFalse();
        assertThat(Asking.shares(root.write("sys/rekey/update", "{\"nonce\":\"" + nonce + "\"}")))
                .hasSize(2);
    }

    @Test
    void aShareStartsOnlyWhatNamesAKeyForEveryHolderAndCountsAsTheFirst() {
        assertThat(Asking.refusal(nobody.write("sys/rekey/init", byShare(2, ""))))
                .startsWith("a rekey that a share starts names a key for every holder");
        Json.Obj status = Asking.data(nobody.write("sys/rekey/init", byShare(2, keys())));
        assertThat(status.get("progress")).isEqualTo(Json.of(1));
        assertThat(Asking.text(status, "started_by")).isEqualTo("share 2 of generation 1");
        assertThat(Asking.refusal(nobody.update(nonce(), vault.share(2)))).contains("already been provided");
        nobody.update(nonce(), vault.share(3));
        Json.Obj made = Asking.data(nobody.update(nonce(), vault.share(4)));
        assertThat(((Json.Arr) made.get("keys")).items()).hasSize(2);
        assertThat(((Json.Arr) made.get("pgp_fingerprints")).items()).hasSize(2);
    }

    @Test
    void theStartersShareOrTwoOthersEndIt() {
        nobody.write("sys/rekey/init", byShare(2, keys()));
        assertThat(nobody.delete("sys/rekey/init", "{\"key\":\"" + Asking.hex(vault.share(2)) + "\"}"))
                .isEqualTo(Response.NO_CONTENT);
        nobody.write("sys/rekey/init", byShare(2, keys()));
        String one = "{\"key\":\"" + Asking.hex(vault.share(1)) + "\"}";
        assertThat(Asking.data(nobody.delete("sys/rekey/init", one)).get("cancel_votes"))
                .isEqualTo(Json.of(1));
        assertThat(Asking.data(nobody.delete("sys/rekey/init", one)).get("cancel_votes"))
                .isEqualTo(Json.of(1));
        assertThat(started()).isTrue();
        assertThat(nobody.delete("sys/rekey/init", "{\"key\":\"" + Asking.hex(vault.share(3)) + "\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(started()).isFalse();
    }

    @Test
    void anAbandonedRekeyExpires() {
        root.start(2, 2, "");
        assertThat(Asking.text(Asking.data(nobody.read("sys/rekey/init")), "expires"))
                .isEqualTo(Timestamps.format(vault.time().now().plus(TestVault.CEREMONY_EXPIRY)));
        vault.time().pass(TestVault.CEREMONY_EXPIRY);
        assertThat(started()).isFalse();
    }

    @Test
    void newSharesThatWaitForTheirProofDoNotExpireAndTheirProofBeginsAnew() {
        Response last = root.rekey(2, 2, ",\"require_verification\":true", vault.shares());
        List<Secret> fresh = Asking.shares(last);
        String proof = Asking.text(Asking.data(last), "verification_nonce");
        nobody.prove(proof, fresh.get(0));
        vault.time().pass(TestVault.CEREMONY_EXPIRY);
        Json.Obj again = Asking.data(nobody.read("sys/rekey/verify"));
        assertThat(again.get("progress")).isEqualTo(Json.of(0));
        assertThat(Asking.text(again, "nonce")).isNotEqualTo(proof);
        assertThat(nobody.delete("sys/rekey/init", "")).isInstanceOf(Response.Denied.class);
        nobody.prove(Asking.text(again, "nonce"), fresh.get(0));
        assertThat(Asking.data(nobody.prove(Asking.text(again, "nonce"), fresh.get(1)))
                        .get("complete"))
                .isEqualTo(Json.of(true));
    }
}
