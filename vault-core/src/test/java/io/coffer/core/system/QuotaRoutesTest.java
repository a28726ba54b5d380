// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaRoutesTest {
    private final TestVault vault = TestVault.open();

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\"}");
        vault.write("kv/a", "{\"x\":1}");
        vault.write("kv/b", "{\"x\":1}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private String quota(String name, String body) {
        return show(vault.write("sys/quotas/rate-limit/" + name, body));
    }

    private boolean limited(String path) {
        return vault.read(path) instanceof Response.Busy;
    }

    @Test
    void aQuotaIsReadAsItWasWritten() {
        assertThat(quota("one", "{\"rate\":5.5,\"interval\":\"1m\",\"block_interval\":30,\"path\":\"kv/\"}"))
                .isEqualTo("204");
        assertThat(show(vault.read("sys/quotas/rate-limit/one")))
                .isEqualTo("200 {\"block_interval\":30,\"inheritable\":false,\"interval\":60,\"name\":\"one\","
                        + "\"path\":\"kv/\",\"rate\":5.5,\"role\":\"\",\"type\":\"rate-limit\"}");
        assertThat(quota("all", "{\"rate\":\"100\"}")).isEqualTo("204");
        assertThat(show(vault.read("sys/quotas/rate-limit/all"))).contains("\"inheritable\":true", "\"path\":\"\"");
        assertThat(show(vault.handle(Operation.LIST, "sys/quotas/rate-limit", "")))
                .isEqualTo("200 {\"keys\":[\"all\",\"one\"]}");
        assertThat(quota("one", "{\"rate\":7,\"path\":\"kv\"}")).isEqualTo("204");
        assertThat(show(vault.read("sys/quotas/rate-limit/one"))).contains("\"rate\":7", "\"interval\":1,");
        vault.delete("sys/quotas/rate-limit/one");
        assertThat(vault.read("sys/quotas/rate-limit/one")).isEqualTo(Response.ABSENT);
        assertThat(show(vault.delete("sys/quotas/rate-limit/none"))).isEqualTo("204");
    }

    @ParameterizedTest
    @CsvSource({"5.50, 5.50", "+5, 5", ".5, 0.5", "5., 5", "0005, 5", "1e3, 1E+3", "\u0665, 5"})
    void howeverARateIsWrittenItIsReadAsANumberOfJson(String written, String read) {
        assertThat(quota("one", "{\"rate\":\"" + written + "\"}")).isEqualTo("204");
        assertThat(show(vault.read("sys/quotas/rate-limit/one"))).contains("\"rate\":" + read + ",");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | 'rate' is invalid
            {"rate":0} | 'rate' is invalid
            {"rate":-1} | 'rate' is invalid
            {"rate":"NaN"} | 'rate' is invalid
            {"rate":1e300} | 'rate' is invalid
            {"rate":true} | 'rate' is invalid
            {"rate":1,"path":"none"} | invalid mount path "none"
            {"rate":1,"path":"kv//a"} | invalid mount path "kv//a"
            {"rate":1,"role":"r"} | 'role' goes with the 'path' of a login method that has roles, such as auth/approle, and of nothing below it
            {"rate":1,"role":"r","path":"kv"} | 'role' goes with the 'path' of a login method that has roles, such as auth/approle, and of nothing below it
            {"rate":1,"role":"r","path":"auth/token"} | 'role' goes with the 'path' of a login method that has roles, such as auth/approle, and of nothing below it
            {"rate":1,"path":"kv/t"} | quota rule with similar properties exists under the name "taken"
            """)
    void whatIsWrongIsSaid(String body, String error) {
        quota("taken", "{\"rate\":5,\"path\":\"kv/t\"}");
        assertThat(quota("q", body)).isEqualTo("400 " + error);
    }

    @Test
    void oneTooManyIsRefusedBeforeAnybodyAsksWhoItIs() {
        quota("all", "{\"rate\":2,\"interval\":\"1m\",\"path\":\"kv\"}");
        Optional<Credential> nobody = Credential.parse("hvs.nobody");
        assertThat(vault.handle(vault.request(Operation.READ, "kv/a", "", nobody)))
                .isInstanceOf(Response.Denied.class);
        assertThat(vault.read("kv/a")).isInstanceOf(Response.Ok.class);
        assertThat(show(vault.read("kv/a"))).isEqualTo("429 request path \"kv/a\": rate limit quota exceeded");
        assertThat(vault.handle(vault.request(Operation.READ, "kv/a", "", nobody)))
                .isInstanceOf(Response.Busy.class);
        assertThat(vault.read("sys/mounts")).isInstanceOf(Response.Ok.class);
        vault.time().pass(Duration.ofSeconds(31));
        assertThat(limited("kv/a")).isFalse();
        assertThat(limited("kv/a")).isTrue();
    }

    @Test
    void theNearestQuotaCountsAndNoOther() {
        String once = "{\"rate\":1,\"interval\":\"1h\",\"path\":\"";
        quota("path", once + "kv/a\"}");
        quota("glob", once + "kv/x*\"}");
        quota("longer", once + "kv/xy*\"}");
        quota("mount", once + "kv\"}");
        for (String path : List.of("kv/a", "kv/b", "kv/x1", "kv/xyz", "kv/xy")) {
            assertThat(limited(path)).as(path).isEqualTo(path.equals("kv/xy"));
        }
        for (String path : List.of("kv/a", "kv/other", "kv/x2", "kv/xyz")) {
            assertThat(limited(path)).as(path).isTrue();
        }
    }

    private Response login(String roleId) {
        return vault.handle(vault.request(
                Operation.UPDATE, "auth/approle/login", "{\"role_id\":\"" + roleId + "\"}", Optional.empty()));
    }

    @Test
    void aQuotaForARoleCountsTheLoginsOfThatRoleAlone() {
        vault.write("sys/auth/approle", "{\"type\":\"approle\"}");
        for (String role : List.of("busy", "other")) {
            vault.write(
                    "auth/approle/role/" + role,
                    "{\"bind_secret_id\":false,\"role_id\":\"id-" + role
                            + "\",\"token_bound_cidrs\":\"0.0.0.0/0,::/0\"}");
        }
        String once = "{\"rate\":1,\"interval\":\"1h\",\"path\":\"auth/approle\",\"role\":\"";
        assertThat(quota("role", once + "Busy\"}")).isEqualTo("204");
        assertThat(show(vault.read("sys/quotas/rate-limit/role")))
                .contains("\"path\":\"auth/approle/\"", "\"role\":\"Busy\"");
        assertThat(quota("twin", once + "busy\"}")).startsWith("400 quota rule with similar properties");
        assertThat(quota("mount", "{\"rate\":100,\"interval\":\"1h\",\"path\":\"auth/approle\"}"))
                .isEqualTo("204");
        assertThat(login("id-busy")).isNotInstanceOf(Response.Busy.class);
        assertThat(login("id-busy")).isInstanceOf(Response.Busy.class);
        for (int i = 0; i < 3; i++) {
            assertThat(login("id-other")).isNotInstanceOf(Response.Busy.class);
            assertThat(login("id-of-nobody")).isInstanceOf(Response.Invalid.class);
            assertThat(limited("auth/approle/role/busy")).isFalse();
        }
        assertThat(vault.handle(vault.request(Operation.UPDATE, "auth/approle/login", "{", Optional.empty())))
                .isInstanceOf(Response.Invalid.class);
        assertThat(login("id-busy")).isInstanceOf(Response.Busy.class);
    }

    @Test
    void aQuotaMovesWithItsMountAndGoesWithIt() {
        quota("one", "{\"rate\":1,\"interval\":\"1h\",\"path\":\"kv\"}");
        vault.write("sys/remount", "{\"from\":\"kv\",\"to\":\"new\"}");
        assertThat(show(vault.read("sys/quotas/rate-limit/one"))).contains("\"path\":\"new/\"");
        assertThat(limited("new/a")).isFalse();
        assertThat(limited("new/a")).isTrue();
        vault.delete("sys/mounts/new");
        assertThat(vault.read("sys/quotas/rate-limit/one")).isEqualTo(Response.ABSENT);
    }

    @Test
    void whatIsExemptIsNeverRefused() {
        assertThat(show(vault.read("sys/quotas/config")))
                .contains("\"enable_rate_limit_audit_logging\":false", "\"sys/health\"", "\"sys/unseal\"");
        String body = "{\"rate_limit_exempt_paths\":[\"kv/a\",\"sys/*\"],\"enable_rate_limit_response_headers\":true}";
        assertThat(vault.write("sys/quotas/config", body)).isEqualTo(Response.NO_CONTENT);
        quota("all", "{\"rate\":1,\"interval\":\"1h\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(limited("kv/a")).isFalse();
            assertThat(limited("sys/mounts")).isFalse();
        }
        assertThat(limited("kv/b")).isFalse();
        assertThat(limited("kv/b")).isTrue();
        Reply reply = vault.start(vault.request(Operation.READ, "kv/b", "", Optional.of(TestVault.ROOT)))
                .toCompletableFuture()
                .join();
        assertThat(reply.headers())
                .isEqualTo(Map.of(
                        "X-Ratelimit-Limit",
                        "1",
                        "X-Ratelimit-Remaining",
                        "0",
                        "X-Ratelimit-Reset",
                        "3600",
                        "Retry-After",
                        "3600"));
        assertThat(vault.write("sys/quotas/config", "{}")).isEqualTo(Response.NO_CONTENT);
        assertThat(show(vault.read("sys/quotas/config"))).startsWith("429 ");
    }
}
