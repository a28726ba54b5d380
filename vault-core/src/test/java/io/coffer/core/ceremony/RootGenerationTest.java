// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.crypto.PgpKeys;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Root generation over the API, in both of its forms.
class RootGenerationTest {
    private static final String OLD = "sys/generate-root/";
    private static final String NEW = "sys/generate-root-token/";
    private static final String PGP = "cv25519";
    private static final String PAD = "0123456789abcdefghijklmnopqr";

    private final TestVault vault = TestVault.open();

    private String hex(int index) {
        return vault.share(index).use(HexFormat.of()::formatHex);
    }

    private static Json.Obj data(Response response) {
        assertThat(response).as(TestVault.text(response)).isInstanceOf(Response.Ok.class);
        return (Json.Obj) JsonText.DEFAULT.parse(JsonText.write(((Response.Ok) response).data()));
    }

    private static String text(Response response, String name) {
        return ((Json.Str) data(response).get(name)).value();
    }

    private Response anonymous(Operation operation, String path, String body) {
        return from(new Origin("192.0.2.1", 4711, false, false), operation, path, body);
    }

    private Response from(Origin origin, Operation operation, String path, String body) {
        return vault.handle(Requests.from(origin, vault.request(operation, path, body, Optional.empty())));
    }

    private Response offer(String path, int index, String nonce) {
        return vault.write(path + "update", "{\"key\":\"" + hex(index) + "\",\"nonce\":\"" + nonce + "\"}");
    }

    /// Three shares; the last answer.
    private Response complete(String path, String nonce) {
        offer(path, 1, nonce);
        offer(path, 3, nonce);
        return offer(path, 5, nonce);
    }

    private static String decode(String encoded, String pad) {
        byte[] covered = Base64.getDecoder().decode(encoded);
        try (Secret key = Secret.takeFrom(pad.getBytes(StandardCharsets.US_ASCII))) {
            return new String(RootPlan.xor(covered, key), StandardCharsets.US_ASCII);
        }
    }

    private void assertRoot(String token) {
        Response self = vault.handle(
                vault.request(Operation.READ, "auth/token/lookup-self", "", Optional.of(new Credential(token))));
        assertThat(TestVault.text(self))
                .contains("\"policies\":[\"root\"]", "\"path\":\"auth/token/root\"", "\"orphan\":true", "\"ttl\":0");
    }

    @Test
    void theIdleStatusHasEveryFieldThatClientsRead() {
        assertThat(TestVault.text(vault.read(OLD + "attempt")))
                .isEqualTo("{\"nonce\":\"\",\"started\":false,\"progress\":0,\"required\":3,\"complete\":false,"
                        + "\"encoded_token\":\"\",\"encoded_root_token\":\"\",\"pgp_fingerprint\":\"\",\"otp\":\"\","
                        + "\"otp_length\":28}");
        assertThat(TestVault.text(vault.read(NEW + "attempt")))
                .isEqualTo("{\"started\":false,\"progress\":0,\"required\":3,\"complete\":false,\"otp\":\"\","
                        + "\"otp_length\":28}");
    }

    @Test
    void threeHoldersMakeARootTokenUnderAPadThatWasDrawnAndShownOnce() {
        for (String path : List.of(OLD, NEW)) {
            Response begun = vault.write(path + "attempt", "");
            String pad = text(begun, "otp");
            String nonce = text(begun, "nonce");
            assertThat(pad).matches("[0-9A-Za-z]{28}");
            assertThat(text(vault.read(path + "attempt"), "otp")).isEmpty();
            assertThat(TestVault.text(offer(path, 4, nonce))).contains("\"progress\":1", "\"started\":true");
            assertThat(TestVault.text(offer(path, 2, nonce))).contains("\"progress\":2");
            Response made = offer(path, 1, nonce);
            assertThat(TestVault.text(made))
                    .contains("\"complete\":true", "\"progress\":3", "\"started\":true", "\"otp\":\"\"");
            String encoded = text(made, "encoded_token");
            assertThat(encoded).doesNotContain("=");
            assertRoot(decode(encoded, pad));
            assertThat(TestVault.text(vault.read(path + "attempt"))).contains("\"started\":false");
            assertThat(TestVault.text(anonymous(
                            Operation.UPDATE,
                            "sys/decode-token",
                            "{\"encoded_token\":\"" + encoded + "\",\"otp\":\"" + pad + "\"}")))
                    .isEqualTo("{\"token\":\"" + decode(encoded, pad) + "\"}");
        }
        assertThat(vault.events())
                .filteredOn(Event.RootTokenMade.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aPadOfTheCallerIsNotToldAgain() {
        Response begun = vault.write(OLD + "attempt", "{\"otp\":\"" + PAD + "\"}");
        assertThat(text(begun, "otp")).isEmpty();
        Response made = complete(OLD, text(begun, "nonce"));
        assertThat(text(made, "encoded_root_token")).isEqualTo(text(made, "encoded_token"));
        assertRoot(decode(text(made, "encoded_token"), PAD));
    }

    @Test
    void aKeyIsNamedByItsFingerprintAndThePadComesFirst() throws Exception {
        String key = Base64.getEncoder().encodeToString(PgpKeys.publicKey(PGP));
        Response begun = vault.write(OLD + "attempt", "{\"pgp_key\":\"" + key + "\"}");
        assertThat(text(begun, "otp")).isEmpty();
        assertThat(text(begun, "pgp_fingerprint")).matches("[0-9a-f]{40}|[0-9a-f]{64}");
        Response made = complete(OLD, text(begun, "nonce"));
        byte[] message = Base64.getDecoder().decode(text(made, "encoded_token"));
        assertRoot(new String(PgpKeys.decrypt(PGP, message), StandardCharsets.US_ASCII));
        assertThat(text(made, "pgp_fingerprint")).isEqualTo(text(begun, "pgp_fingerprint"));
        Response both = vault.write(OLD + "attempt", "{\"otp\":\"" + PAD + "\",\"pgp_key\":\"" + key + "\"}");
        assertRoot(decode(text(complete(OLD, text(both, "nonce")), "encoded_token"), PAD));
    }

    @Test
    void whatIsNoPadAndNoKeyBeginsNothing() {
        for (String body : List.of("{\"otp\":\"short\"}", "{\"otp\":\"" + PAD + "x\"}")) {
            assertThat(TestVault.text(vault.write(OLD + "attempt", body))).contains("OTP string has incorrect length");
        }
        for (String key : List.of("AAAA", "not base64!", "====")) {
            assertThat(TestVault.text(vault.write(OLD + "attempt", "{\"pgp_key\":\"" + key + "\"}")))
                    .contains("error parsing PGP key: ");
        }
        assertThat(TestVault.text(vault.read(OLD + "attempt"))).contains("\"started\":false");
    }

    @Test
    void everyMistakeHasItsTextAndTheProgressOfTheOthersStays() {
        assertThat(TestVault.text(offer(OLD, 1, "x"))).contains("no root generation in progress");
        String nonce = text(vault.write(OLD + "attempt", ""), "nonce");
        assertThat(TestVault.text(vault.write(NEW + "attempt", ""))).contains("root generation already in progress");
        offer(OLD, 1, nonce);
        assertThat(TestVault.text(offer(OLD, 2, "other")))
                .contains("incorrect nonce supplied; nonce for this root generation operation is \"" + nonce + "\"");
        assertThat(TestVault.text(offer(OLD, 1, nonce)))
                .contains("given key has already been provided during this generation operation");
        String of = "\",\"nonce\":\"" + nonce + "\"}";
        assertThat(TestVault.text(vault.write(OLD + "update", "{\"key\":\"" + of)))
                .contains("'key' must be specified in request body as JSON");
        assertThat(TestVault.text(vault.write(NEW + "update", "{\"nonce\":\"" + nonce + "\"}")))
                .contains("key is required");
        assertThat(TestVault.text(vault.write(NEW + "update", "{\"key\":\"" + hex(2) + "\"}")))
                .contains("nonce is required");
        assertThat(TestVault.text(vault.write(OLD + "update", "{\"key\":\"AAAA" + of)))
                .contains("invalid key: key is shorter than minimum 16 bytes");
        assertThat(TestVault.text(vault.write(OLD + "update", "{\"key\":\"" + "ab".repeat(33) + of)))
                .contains("not a share of this vault");
        assertThat(TestVault.text(vault.read(OLD + "attempt"))).contains("\"progress\":1");
    }

    @Test
    void withoutAuthorityNothingBeginsAndNothingIsCancelled() {
        assertThat(anonymous(Operation.UPDATE, OLD + "attempt", "")).isInstanceOf(Response.Denied.class);
        String wrong = "{\"key\":\"" + "ab".repeat(33) + "\"}";
        assertThat(anonymous(Operation.UPDATE, OLD + "attempt", wrong)).isInstanceOf(Response.Denied.class);
        String nonce = text(vault.write(OLD + "attempt", ""), "nonce");
        assertThat(anonymous(Operation.DELETE, OLD + "attempt", "")).isInstanceOf(Response.Denied.class);
        assertThat(text(anonymous(Operation.READ, OLD + "attempt", ""), "nonce"))
                .isEqualTo(nonce);
        assertThat(anonymous(Operation.READ, NEW + "attempt", "")).isInstanceOf(Response.Denied.class);
        assertThat(vault.delete(OLD + "attempt")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.delete(OLD + "attempt")).isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(offer(OLD, 1, nonce))).contains("no root generation in progress");
    }

    @Test
    void aShareBeginsOneAndIsItsFirst() {
        String body = "{\"key\":\"" + hex(2) + "\"}";
        Response begun = anonymous(Operation.UPDATE, OLD + "attempt", body);
        String pad = text(begun, "otp");
        String nonce = text(begun, "nonce");
        assertThat(TestVault.text(begun))
                .contains("\"progress\":1", "\"started_by\":\"share 2 of generation 1\"", "\"expires\":\"");
        assertThat(pad).hasSize(28);
        offer(OLD, 1, nonce);
        assertRoot(decode(text(offer(OLD, 4, nonce), "encoded_token"), pad));
    }

    @Test
    void whoeverBeganItCancelsItByHisShareAndSoDoTwoOthers() {
        String nonce = text(anonymous(Operation.UPDATE, OLD + "attempt", "{\"key\":\"" + hex(2) + "\"}"), "nonce");
        assertThat(nonce).isNotEmpty();
        assertThat(cancel("ab".repeat(33))).isInstanceOf(Response.Denied.class);
        assertThat(TestVault.text(cancel(hex(4)))).contains("\"started\":true");
        assertThat(TestVault.text(cancel(hex(4)))).contains("\"started\":true");
        assertThat(cancel(hex(5))).isEqualTo(Response.NO_CONTENT);
        anonymous(Operation.UPDATE, OLD + "attempt", "{\"key\":\"" + hex(2) + "\"}");
        assertThat(cancel(hex(2))).isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(vault.read(OLD + "attempt"))).contains("\"started\":false");
    }

    private Response cancel(String share) {
        return anonymous(Operation.DELETE, OLD + "attempt", "{\"key\":\"" + share + "\",\"nonce\":\"x\"}");
    }

    @Test
    void anybodyBeginsOneOnAListenerOfLegacyCeremonies() {
        Origin legacy = new Origin("192.0.2.1", 4711, false, true);
        assertThat(TestVault.text(from(legacy, Operation.UPDATE, OLD + "attempt", "")))
                .contains("\"started\":true", "\"started_by\":\"anybody at 192.0.2.1\"");
    }

    @Test
    void anAbandonedOneExpiresAndSealingEndsOne() {
        String nonce = text(vault.write(OLD + "attempt", ""), "nonce");
        offer(OLD, 1, nonce);
        vault.time().pass(TestVault.CEREMONY_EXPIRY);
        assertThat(TestVault.text(vault.read(OLD + "attempt"))).contains("\"started\":false");
        vault.write(OLD + "attempt", "");
        vault.vault().seal();
        assertThat(vault.read(OLD + "attempt")).isEqualTo(new Response.Unavailable("Vault is sealed"));
        vault.unseal();
        assertThat(TestVault.text(vault.read(OLD + "attempt"))).contains("\"started\":false");
    }

    @Test
    void racingLastSharesMakeOneToken() throws Exception {
        ExecutorService holders = Executors.newFixedThreadPool(5);
        try {
            for (int round = 0; round < 20; round++) {
                String nonce = text(vault.write(OLD + "attempt", ""), "nonce");
                List<Callable<Response>> all = new ArrayList<>();
                for (int index = 1; index <= 5; index++) {
                    int share = index;
                    all.add(() -> offer(OLD, share, nonce));
                }
                int made = 0;
                for (Future<Response> answer : holders.invokeAll(all)) {
                    made += TestVault.text(answer.get()).contains("\"complete\":true") ? 1 : 0;
                }
                assertThat(made).isEqualTo(1);
            }
        } finally {
            holders.shutdown();
        }
        assertThat(vault.events())
                .filteredOn(Event.RootTokenMade.class::isInstance)
                .hasSize(20);
    }

    @Test
    void decodingRefusesWhatCannotBeAToken() {
        for (String body : List.of("{}", "{\"otp\":\"x\"}", "{\"encoded_token\":\"AAAA\"}")) {
            assertThat(TestVault.text(anonymous(Operation.UPDATE, "sys/decode-token", body)))
                    .contains("provided 'encoded_token' or 'otp' is empty");
        }
        for (String body : List.of(
                "{\"encoded_token\":\"!\",\"otp\":\"x\"}",
                "{\"encoded_token\":\"AAAA\",\"otp\":\"x\"}",
                "{\"encoded_token\":\"AAAA\",\"otp\":\"\\\"\\\"\\\"\"}")) {
            assertThat(anonymous(Operation.UPDATE, "sys/decode-token", body)).isInstanceOf(Response.Invalid.class);
        }
    }
}
