// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.server.config.Traffic;
import io.coffer.server.http.Raw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A sealed daemon, asked for everything over a socket.
@Timeout(120)
final class SealedTest {
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "LIST", "SCAN", "DELETE");

    private static final List<String> PATHS = List.of(
            "secret/data/a",
            "secret/data/a/",
            "secret/data/a?list=true",
            "no/such/mount",
            "cubbyhole/a",
            "identity/entity",
            "auth/token/create",
            "auth/token/lookup-self",
            "auth/token/revoke-self",
            "sys/auth",
            "sys/capabilities-self",
            "sys/config/auditing/request-headers",
            "sys/generate-root/attempt",
            "sys/generate-root-token/update",
            "sys/internal/ui/mounts",
            "sys/internal/ui/mounts/secret/a",
            "sys/key-status",
            "sys/leases/lookup",
            "sys/metrics",
            "sys/mounts",
            "sys/mounts/secret",
            "sys/no-such-route",
            "sys/policies/acl/a",
            "sys/rekey/init",
            "sys/rekey/update",
            "sys/rotate",
            "sys/rotate/root/init",
            "sys/tools/random",
            "sys/wrapping/unwrap",
            "sys/mounts?help=1");

    @Test
    void butForAFewPathsEverythingIsTheSameWhoeverAsks() throws Exception {
        try (RunningServer running = new RunningServer(Traffic.DEFAULT)) {
            running.server.core().vault().seal();
            for (String path : PATHS) {
                for (String method : METHODS) {
                    String asked = RunningServer.request(method, path, "{\"a\":1}");
                    assertSealed(running, asked);
                    assertSealed(running, asked.replace("X-Vault-Token", "X-Other"));
                }
            }
            assertThat(running.events).noneMatch(event -> event instanceof Event.RequestCrashed);
        }
    }

    private static void assertSealed(RunningServer running, String asked) throws Exception {
        try (Raw raw = running.connect()) {
            raw.send(asked);
            Raw.Answered answered = raw.answer();
            assertThat(answered.status()).as(asked).isEqualTo(503);
            assertThat(answered.body()).as(asked).isEqualTo("{\"errors\":[\"Vault is sealed\"]}\n");
        }
    }

    @Test
    void whatNeedsNoKeyAnswers() throws Exception {
        try (RunningServer running = new RunningServer(Traffic.DEFAULT)) {
            running.server.core().vault().seal();
            assertThat(running.ask("GET", "sys/seal-status", "").body()).contains("\"sealed\":true");
            assertThat(running.ask("GET", "sys/health", "").body()).contains("\"sealed\":true");
            assertThat(running.ask("GET", "sys/leader", "").status()).isEqualTo(200);
            assertThat(running.ask("GET", "sys/init", "").body()).contains("\"initialized\":true");
            assertThat(running.ask("PUT", "sys/init", "{}").status()).isEqualTo(400);
            assertThat(running.ask("PUT", "sys/unseal", "{\"key\":\"00\"}").status())
                    .isEqualTo(400);
            assertThat(running.ask("PUT", "sys/seal", "").status()).isEqualTo(204);
            assertThat(running.ask("PUT", "sys/step-down", "").status()).isEqualTo(204);
            running.unseal();
            assertThat(running.ask("GET", "sys/mounts", "").status()).isEqualTo(200);
            assertThat(running.ask("PUT", "cubbyhole/a/", "{\"a\":1}").body())
                    .isEqualTo("{\"errors\":[\"cannot write to a path ending in '/'\"]}\n");
        }
    }
}
