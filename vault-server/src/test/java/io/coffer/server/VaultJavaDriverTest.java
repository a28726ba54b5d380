// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.api.sys.mounts.MountPayload;
import io.github.jopenlibs.vault.api.sys.mounts.MountType;
import io.github.jopenlibs.vault.api.sys.mounts.TimeToLive;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// vault-java-driver, unmodified, from init to seal.
class VaultJavaDriverTest {
    private static final String READER = "path \"secret/data/app\" { capabilities = [\"read\"] }";

    private final HttpClient http = HttpClient.newHttpClient();
    private final FreshServer server = new FreshServer();
    private String root = "";
    private List<String> shares = List.of();

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private Vault at(String token, int version) throws VaultException {
        VaultConfig config = new VaultConfig()
                .address(server.address())
                .token(token)
                .openTimeout(30)
                .readTimeout(30)
                .httpClient(http)
                .build();
        return Vault.create(config, version);
    }

    /// Takes paths as they are.
    private Vault plain() throws VaultException {
        return at(root, 1);
    }

    private JsonObject write(String path, Map<String, Object> body) throws VaultException {
        LogicalResponse answer = plain().logical().write(path, body);
        String text = new String(answer.getRestResponse().getBody(), StandardCharsets.UTF_8);
        assertThat(answer.getRestResponse().getStatus()).as(path + " " + text).isBetween(200, 204);
        return text.isEmpty() ? new JsonObject() : Json.parse(text).asObject();
    }

    @Test
    void itWalksFromInitToSeal() throws Exception {
        initialize();
        mounts();
        versioned();
        unversioned();
        write("sys/policies/acl/reader", Map.of("policy", READER));
        tokens();
        userpass();
        approle();
        wrapping();
        leases();
        ceremonies();
        assertThat(plain().sys().seal().seal().getRestResponse().getStatus()).isEqualTo(204);
        for (String share : shares) {
            plain().sys().seal().unseal(share);
        }
        assertThat(at(root, 2).logical().read("secret/app").getData()).containsEntry("a", "2");
    }

    private void initialize() throws VaultException {
        assertThat(plain().debug().health().getInitialized()).isFalse();
        JsonObject made = write("sys/init", Map.of("secret_shares", 3, "secret_threshold", 2));
        shares = texts(made, "keys_base64");
        root = made.getString("root_token");
        assertThat(plain().sys().seal().sealStatus().getSealed()).isTrue();
        assertThat(plain().sys().seal().unseal(shares.get(2)).getProgress()).isEqualTo(1);
        assertThat(plain().sys().seal().unseal(null, true).getProgress()).isZero();
        assertThat(plain().sys().seal().unseal(shares.get(0)).getSealed()).isTrue();
        assertThat(plain().sys().seal().unseal(shares.get(2)).getSealed()).isFalse();
        assertThat(plain().debug().health().getSealed()).isFalse();
        assertThat(plain().auth().lookupSelf().getPolicies()).containsExactly("root");
    }

    private static List<String> texts(JsonObject object, String name) {
        List<String> texts = new ArrayList<>();
        object.get(name).asArray().forEach(value -> texts.add(value.asString()));
        return texts;
    }

    private void mounts() throws VaultException {
        plain().sys().mounts().enable("secret", MountType.KEY_VALUE_V2, new MountPayload());
        plain().sys().mounts().enable("plain", MountType.KEY_VALUE, new MountPayload().description("of version 1"));
        plain().sys().mounts().enable("short", MountType.KEY_VALUE, new MountPayload());
        assertThat(plain().sys().mounts().list().getMounts()).containsKeys("secret/", "plain/", "short/", "sys/");
        MountPayload payload = new MountPayload().defaultLeaseTtl(TimeToLive.of(30, TimeUnit.MINUTES));
        plain().sys().mounts().tune("plain", payload);
        assertThat(plain().sys().mounts().read("plain").getMount().getConfig().getDefaultLeaseTtl())
                .isEqualTo(1800);
        plain().sys().mounts().disable("short");
        assertThat(plain().sys().mounts().list().getMounts()).doesNotContainKey("short/");
    }

    private void versioned() throws VaultException {
        Vault vault = at(root, 2);
        for (String value : List.of("1", "2", "3")) {
            vault.logical().write("secret/app", Map.of("a", value));
        }
        LogicalResponse read = vault.logical().read("secret/app");
        assertThat(read.getData()).containsEntry("a", "3");
        assertThat(read.getDataMetadata().getVersion()).isEqualTo(3);
        assertThat(vault.logical().read("secret/app", true, 1).getData()).containsEntry("a", "1");
        assertThat(vault.logical().list("secret").getListData()).containsExactly("app");
        vault.logical().delete("secret/app", new int[] {1, 3});
        assertThat(status(vault.logical().read("secret/app", true, 3))).isEqualTo(404);
        vault.logical().unDelete("secret/app", new int[] {1});
        assertThat(status(vault.logical().read("secret/app", true, 1))).isEqualTo(200);
        vault.logical().destroy("secret/app", new int[] {1});
        assertThat(status(vault.logical().read("secret/app", true, 1))).isEqualTo(404);
        vault.logical().write("secret/app", Map.of("a", "2"));
        assertThat(status(vault.logical().read("secret/never/there"))).isEqualTo(404);
    }

    private static int status(LogicalResponse answer) {
        return answer.getRestResponse().getStatus();
    }

    private void unversioned() throws VaultException {
        plain().logical().write("plain/app", Map.of("a", "b", "n", 7));
        assertThat(plain().logical().read("plain/app").getData())
                .containsEntry("a", "b")
                .containsEntry("n", "7");
        assertThat(plain().logical().list("plain").getListData()).containsExactly("app");
        assertThat(status(plain().logical().upgrade("plain"))).isBetween(200, 204);
        // Refused until the job has moved what is there.
        Awaitility.await().until(() -> status(at(root, 2).logical().read("plain/app")) == 200);
        assertThat(at(root, 2).logical().read("plain/app").getData()).containsEntry("a", "b");
        assertThat(at(root, 2).getSecretEngineVersions())
                .containsEntry("plain/", "2")
                .containsEntry("secret/", "2");
        assertThat(status(at(root, 2).logical().delete("plain/app"))).isEqualTo(204);
    }

    private void tokens() throws VaultException {
        AuthResponse made = plain().auth()
                .createToken(new Auth.TokenRequest()
                        .polices(List.of("reader"))
                        .meta(Map.of("team", "one"))
                        .ttl("30m")
                        .explicitMaxTtl("2h")
                        .displayName("a name")
                        .numUses(9L)
                        .renewable(true)
                        .noParent(true));
        assertThat(made.getAuthPolicies()).containsExactly("default", "reader");
        assertThat(made.getAuthLeaseDuration()).isEqualTo(1800);
        Vault limited = at(made.getAuthClientToken(), 2);
        LookupResponse found = limited.auth().lookupSelf();
        assertThat(found.getDisplayName()).isEqualTo("token-a-name");
        assertThat(found.getNumUses()).isEqualTo(8);
        assertThat(found.isOrphan()).isTrue();
        assertThat(found.getExplicitMaxTTL()).isEqualTo(7200);
        assertThat(limited.auth().renewSelf(3600).getAuthLeaseDuration()).isEqualTo(3600);
        assertThat(limited.auth().lookupSelf().getLastRenewalTime()).isPositive();
        assertThat(limited.logical().read("secret/app").getData()).containsEntry("a", "2");
        assertThat(status(limited.logical().write("secret/app", Map.of("a", "9"))))
                .isEqualTo(403);
        limited.auth().revokeSelf();
        refused(403, () -> limited.auth().lookupSelf());
    }

    private static void refused(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(VaultException.class, refusal -> assertThat(refusal.getHttpStatusCode())
                        .isEqualTo(status));
    }

    private void userpass() throws VaultException {
        write("sys/auth/userpass", Map.of("type", "userpass"));
        write("auth/userpass/users/ada", Map.of("password", "first", "token_policies", "reader"));
        AuthResponse in = at("", 1).auth().loginByUserPass("ada", "first");
        assertThat(in.getUsername()).isEqualTo("ada");
        assertThat(at(in.getAuthClientToken(), 2).logical().read("secret/app").getData())
                .containsEntry("a", "2");
        write("auth/userpass/users/ada/password", Map.of("password", "second"));
        assertThatThrownBy(() -> at("", 1).auth().loginByUserPass("ada", "first"))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("invalid username or password");
        at("", 1).auth().loginByUserPass("ada", "second");
    }

    private void approle() throws VaultException {
        write("sys/auth/approle", Map.of("type", "approle"));
        write("auth/approle/role/web", Map.of("token_policies", "reader", "secret_id_num_uses", 1));
        String roleId = plain().logical()
                .read("auth/approle/role/web/role-id")
                .getData()
                .get("role_id");
        String secretId = write("auth/approle/role/web/secret-id", Map.of())
                .get("data")
                .asObject()
                .getString("secret_id");
        AuthResponse in = at("", 1).auth().loginByAppRole(roleId, secretId);
        assertThat(in.getAuthPolicies()).containsExactly("default", "reader");
        assertThatThrownBy(() -> at("", 1).auth().loginByAppRole(roleId, secretId))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("invalid role or secret ID");
    }

    private void wrapping() throws VaultException {
        var wrap = plain().sys().wrapping().wrap(new JsonObject().add("a", "b"), 60);
        assertThat(wrap.getTtl()).isEqualTo(60);
        assertThat(plain().sys().wrapping().lookupWrap(wrap.getToken(), true).getData())
                .containsEntry("creation_path", "sys/wrapping/wrap");
        var anew = plain().sys().wrapping().rewrap(wrap.getToken());
        assertThatThrownBy(() -> plain().sys().wrapping().unwrap(wrap.getToken(), true))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("wrapping token is not valid or does not exist");
        assertThat(plain().sys()
                        .wrapping()
                        .unwrap(anew.getToken(), true)
                        .getData()
                        .getString("a"))
                .isEqualTo("b");
        var other = plain().sys().wrapping().wrap(new JsonObject().add("c", "d"), 60);
        assertThat(at(other.getToken(), 1).sys().wrapping().unwrap().getData().getString("c"))
                .isEqualTo("d");
    }

    private void leases() throws VaultException {
        write("sys/mounts/leased", Map.of("type", "kv", "options", Json.object().add("leased_passthrough", "true")));
        write("leased/app", Map.of("user", "u", "ttl", "30m"));
        LogicalResponse first = plain().logical().read("leased/app");
        assertThat(first.getLeaseDuration()).isEqualTo(1800);
        plain().sys().leases().renew(first.getLeaseId(), 3600);
        plain().sys().leases().revoke(first.getLeaseId());
        refused(400, () -> plain().sys().leases().renew(first.getLeaseId(), 3600));
        for (boolean force : List.of(false, true)) {
            String lease = plain().logical().read("leased/app").getLeaseId();
            var answer = force
                    ? plain().sys().leases().revokeForce("leased/app")
                    : plain().sys().leases().revokePrefix("leased/app");
            assertThat(answer.getRestResponse().getStatus()).isEqualTo(204);
            refused(400, () -> plain().sys().leases().renew(lease, 60));
        }
    }

    private void ceremonies() throws VaultException {
        int before = term();
        write("sys/rotate", Map.of());
        assertThat(term()).isEqualTo(before + 1);
        String rekey = write("sys/rekey/init", Map.of("secret_shares", 2, "secret_threshold", 2))
                .getString("nonce");
        JsonObject made = offered("sys/rekey/update", rekey);
        assertThat(made.getBoolean("complete")).isTrue();
        shares = texts(made, "keys");
        JsonObject begun = write("sys/generate-root/attempt", Map.of());
        JsonObject done = offered("sys/generate-root/update", begun.getString("nonce"));
        byte[] token = Base64.getDecoder().decode(done.getString("encoded_token"));
        byte[] pad = begun.getString("otp").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < token.length; i++) {
            token[i] ^= pad[i];
        }
        root = new String(token, StandardCharsets.US_ASCII);
        assertThat(plain().auth().lookupSelf().getPolicies()).containsExactly("root");
    }

    private JsonObject offered(String path, String nonce) throws VaultException {
        write(path, Map.of("key", shares.get(0), "nonce", nonce));
        return write(path, Map.of("key", shares.get(1), "nonce", nonce));
    }

    private int term() throws VaultException {
        return Integer.parseInt(
                plain().logical().read("sys/key-status").getData().get("term"));
    }
}
