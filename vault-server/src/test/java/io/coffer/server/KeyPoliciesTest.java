// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.crypto.WrappingKey;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The policies that docs/keys/policies.md ships, written into a daemon as they stand there: what each may
/// do to keys, and what not.
@Timeout(300)
final class KeyPoliciesTest {
    private static final Path PAGE = Path.of("..", "docs", "keys", "policies.md");
    private static final Pattern BLOCK =
            Pattern.compile("\\*\\*(keys-[a-z]+)\\*\\*[^`]*```hcl\n(.*?)```", Pattern.DOTALL);
    private static final int DENIED = 403;

    /// What everybody with keys-viewer may do.
    private static final List<String> SEEN = List.of(
            "GET sys/key-status",
            "GET sys/keys",
            "LIST sys/keys",
            "GET sys/keys/system",
            "GET sys/keys/jobs",
            "GET sys/rewrap",
            "GET sys/rewrap/config",
            "GET sys/rotate/config",
            "GET sys/verify",
            "LIST sys/receipts",
            "GET sys/receipts/system.1",
            "GET sys/wrapping-key");

    /// What keys-admin may do beside it.
    private static final List<String> CHANGED = List.of(
            "POST sys/rotate {}",
            "POST sys/rotate {\"scope\":\"system\",\"rewrap\":true,\"algorithm\":\"xaes256-gcm\"}",
            "POST sys/rotate/keyring {}",
            "POST sys/rotate/config {\"auto_rewrap\":true}",
            "DELETE sys/rotate/config?scope=system",
            "POST sys/rewrap {}",
            "DELETE sys/rewrap",
            "POST sys/rewrap/config {\"rate\":5000}",
            "POST sys/verify {}",
            "POST sys/keys/system/1/deprecate {}",
            "POST sys/keys/system/1/destroy {}",
            "POST sys/keys/system/1/restore {}");

    /// What neither may.
    private static final List<String> REFUSED = List.of(
            "POST sys/rotate {\"algorithm\":\"aes256-gcm\"}",
            "POST sys/rotate/keyring {\"algorithm\":\"aes256-gcm\"}",
            "POST sys/keys/system/import {\"ciphertext\":\"QUJD\"}",
            "POST sys/keys/system/promote {\"public_key\":\"PEM\"}",
            "POST sys/keys/leases/promote {\"public_key\":\"PEM\"}",
            "POST sys/rekey/init {}",
            "POST sys/seal {}",
            "DELETE sys/mounts/one",
            "DELETE sys/auth/token",
            "GET one/a",
            "GET sys/policies/acl/keys-admin",
            "POST sys/policies/acl/keys-admin {\"policy\":\"\"}");

    @TempDir
    Path room;

    private final byte[] other = WrappingKey.generate(new SecureRandom());
    private final byte[] foreign = WrappingKey.generate(new SecureRandom());

    @Test
    void eachMayWhatItIsForAndNothingElse() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room))) {
            String root = daemon.initialize().token();
            daemon.ask("POST", "sys/mounts/one", root, "{\"type\":\"kv\"}");
            daemon.ask("PUT", "one/a", root, "{\"v\":1}");
            Map<String, String> policies = policies();
            assertThat(policies).containsOnlyKeys("keys-viewer", "keys-admin", "keys-carrier");
            for (Map.Entry<String, String> policy : policies.entrySet()) {
                Json body = Json.object().put("policy", policy.getValue()).build();
                assertThat(daemon.ask("PUT", "sys/policies/acl/" + policy.getKey(), root, text(body))
                                .statusCode())
                        .as(policy.getKey())
                        .isEqualTo(204);
            }
            String viewer = token(daemon, root, "\"keys-viewer\"");
            String admin = token(daemon, root, "\"keys-viewer\",\"keys-admin\"");
            String carrier = token(daemon, root, "\"keys-carrier\"");
            check(daemon, viewer, SEEN, true);
            check(daemon, viewer, CHANGED, false);
            check(daemon, viewer, REFUSED, false);
            check(daemon, admin, SEEN, true);
            check(daemon, admin, CHANGED, true);
            check(daemon, admin, REFUSED, false);
            check(daemon, carrier, CHANGED, false);
            checkCarrier(daemon, carrier);
        }
    }

    /// The page's policies by name, for scope `leases` and the key of the other vault.
    private Map<String, String> policies() throws Exception {
        Map<String, String> policies = new LinkedHashMap<>();
        BLOCK.matcher(Files.readString(PAGE))
                .results()
                .forEach(block -> policies.put(
                        block.group(1),
                        block.group(2)
                                .replace("SCOPE", "leases")
                                .replace("\"PUBLIC_KEY\"", text(Json.of(WrappingKey.publicPem(other))))));
        return policies;
    }

    private void checkCarrier(DaemonProcess daemon, String carrier) throws Exception {
        String good = text(
                Json.object().put("public_key", WrappingKey.publicPem(other)).build());
        String bad = text(
                Json.object().put("public_key", WrappingKey.publicPem(foreign)).build());
        assertThat(daemon.ask("POST", "sys/keys/leases/promote", carrier, good).statusCode())
                .isEqualTo(200);
        for (String refused : List.of(
                "POST sys/keys/leases/promote " + bad,
                "POST sys/keys/system/promote " + good,
                "POST sys/keys/leases/promote {}",
                "POST sys/keys/system/import {\"ciphertext\":\"QUJD\"}",
                "POST sys/keys/leases/import {\"ciphertext\":\"QUJD\",\"algorithm\":\"aes256-gcm\"}")) {
            check(daemon, carrier, List.of(refused), false);
        }
        check(daemon, carrier, List.of("POST sys/keys/leases/import {\"ciphertext\":\"QUJD\"}"), true);
    }

    private static String token(DaemonProcess daemon, String root, String policies) throws Exception {
        String body = "{\"no_default_policy\":true,\"policies\":[" + policies + "]}";
        return DaemonProcess.field(
                daemon.ask("POST", "auth/token/create", root, body).body(), "client_token");
    }

    private static void check(DaemonProcess daemon, String token, List<String> calls, boolean allowed)
            throws Exception {
        for (String call : calls) {
            String[] parts = call.split(" ", 3);
            int status = daemon.ask(parts[0], parts[1], token, parts.length == 3 ? parts[2] : "")
                    .statusCode();
            if (allowed) {
                assertThat(status).as(call).isNotEqualTo(DENIED);
            } else {
                assertThat(status).as(call).isEqualTo(DENIED);
            }
        }
    }

    private static String text(Json json) {
        return new String(JsonText.write(json), StandardCharsets.UTF_8);
    }
}
