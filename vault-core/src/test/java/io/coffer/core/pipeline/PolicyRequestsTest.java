// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What policies let a request do, through the whole pipeline.
class PolicyRequestsTest {
    private static final Response DENIED = Authorization.DENIED;

    private final AtomicInteger runs = new AtomicInteger();
    private Runnable inside = () -> {};
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).engine("probe", mount -> new Probe()), 1, 1);
    private int policies;

    private final class Probe implements Engine {
        @Override
        public List<Route> routes() {
            return List.of(Route.writes("count", Operation.UPDATE, "Count the runs.", (call, writer) -> {
                int run = runs.incrementAndGet();
                writer.put(call.mount().folder().key("n"), new Plaintext(new byte[1]));
                inside.run();
                return new Response.Ok(Json.of(run));
            }));
        }
    }

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\",\"options\":{\"version\":\"2\"}}");
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("sys/mounts/probe", "{\"type\":\"probe\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void createAndUpdateAreToldApartByWhatIsThere() {
        Credential creates = token("path \"+/*\" { capabilities = [\"create\"] }");
        Credential updates = token("path \"+/*\" { capabilities = [\"update\"] }");
        for (String path : List.of("kv/data/a", "one/a")) {
            String body = "{\"data\":{\"x\":1}}";
            assertThat(write(updates, path, body)).isEqualTo(DENIED);
            assertThat(write(creates, path, body)).isNotInstanceOf(Response.Denied.class);
            assertThat(write(creates, path, body)).isEqualTo(DENIED);
            assertThat(write(updates, path, body)).isNotInstanceOf(Response.Denied.class);
        }
    }

    /// A policy that is written while a request is under way counts for it: it ran on what is no longer so.
    @Test
    void aPolicyThatIsTakenAwayMeanwhileLetsNothingThrough() {
        Credential token = token("path \"probe/count\" { capabilities = [\"update\"] }");
        inside = () -> {
            inside = () -> {};
            policy("p1", "# nothing");
        };
        assertThat(write(token, "probe/count", "")).isEqualTo(DENIED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void anotherPolicyThatIsWrittenMeanwhileOnlyMakesTheRequestRunAgain() {
        Credential token = token("path \"probe/count\" { capabilities = [\"update\"] }");
        inside = () -> {
            inside = () -> {};
            policy("other", "# nothing");
        };
        assertThat(TestVault.text(write(token, "probe/count", ""))).isEqualTo("2");
        assertThat(runs).hasValue(2);
    }

    @Test
    void whatIsCreatedMeanwhileIsNoLongerToBeCreated() {
        Credential creates = token("path \"one/*\" { capabilities = [\"create\"] }");
        assertThat(write(creates, "one/x", "{\"a\":1}")).isEqualTo(Response.NO_CONTENT);
        assertThat(write(creates, "one/x", "{\"a\":2}")).isEqualTo(DENIED);
        assertThat(TestVault.text(vault.read("one/x"))).isEqualTo("{\"a\":1}");
    }

    @Test
    void nothingIsSaidOfPathsToWhomTheyAreNotAllowed() {
        Credential nothing = token("# nothing");
        for (String path : List.of("nowhere/x", "sys/nothing", "sys/mounts", "kv/other/x", "one/a", "sys/seal/x")) {
            assertThat(ask(nothing, Operation.READ, path)).as(path).isEqualTo(DENIED);
        }
        Credential all = token("path \"*\" { capabilities = [\"read\", \"update\"] }");
        assertThat(ask(all, Operation.READ, "nowhere/x")).isInstanceOf(Response.NotFound.class);
        assertThat(ask(all, Operation.READ, "sys/nothing")).isInstanceOf(Response.NotFound.class);
        assertThat(write(all, "auth/token/lookup-accessor/x", "")).isInstanceOf(Response.NotFound.class);
    }

    @Test
    void aBodyIsNotParsedForWhomItIsNotAllowed() {
        assertThat(write(token("# nothing"), "kv/data/a", "{bent")).isEqualTo(DENIED);
        assertThat(write(token("path \"kv/*\" { capabilities = [\"update\"] }"), "kv/data/a", "{bent"))
                .isInstanceOf(Response.Invalid.class);
    }

    @Test
    void sudoPathsAskForSudoWhetherARouteIsThereOrNot() {
        Credential plain = token("path \"*\" { policy = \"write\" }");
        Credential sudo = token("path \"*\" { policy = \"sudo\" }");
        for (String path :
                List.of("sys/audit", "sys/raw/x", "sys/config/cors", "sys/leases", "sys/auth/x", "sys/auth/x/")) {
            assertThat(ask(plain, Operation.READ, path)).as(path).isEqualTo(DENIED);
            assertThat(ask(sudo, Operation.READ, path)).as(path).isNotInstanceOf(Response.Denied.class);
        }
        for (String path : List.of("sys/seal", "sys/rotate", "sys/remount")) {
            assertThat(write(plain, path, "{}")).as(path).isEqualTo(DENIED);
        }
        assertThat(vault.isUnsealed()).isTrue();
        assertThat(write(sudo, "sys/seal", "{}")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.isUnsealed()).isFalse();
    }

    @Test
    void aSlashAtTheEndDoesNotSlipPastARule() {
        Credential token = token("""
                path "sys/mounts/*" { capabilities = ["read", "delete"] }
                path "sys/mounts/kv" { capabilities = ["deny"] }
                path "sys/policies/acl/*" { capabilities = ["read", "delete"] }
                path "sys/policies/acl/p1" { capabilities = ["read"] }
                """);
        assertThat(ask(token, Operation.DELETE, "sys/mounts/kv/")).isEqualTo(DENIED);
        assertThat(ask(token, Operation.DELETE, "sys/policies/acl/p1/")).isEqualTo(DENIED);
        assertThat(vault.read("sys/mounts/kv")).isInstanceOf(Response.Ok.class);
        assertThat(ask(token, Operation.DELETE, "sys/mounts/one/")).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void parametersOfQueryAndBodyAreLookedAtAndPathCapturesAreNot() {
        Credential token = token("""
                path "kv/data/*" {
                  capabilities = ["read", "update", "create"]
                  denied_parameters = { "version" = ["1"], "options" = [] }
                }
                """);
        write(token, "kv/data/a", "{\"data\":{\"x\":1}}");
        assertThat(read(token, "kv/data/a", "version", "1")).isEqualTo(DENIED);
        assertThat(read(token, "kv/data/a", "VERSION", "1")).isEqualTo(DENIED);
        assertThat(read(token, "kv/data/a", "version", "0")).isInstanceOf(Response.Ok.class);
        assertThat(write(token, "kv/data/a", "{\"data\":{},\"options\":{\"cas\":1}}"))
                .isEqualTo(DENIED);
        assertThat(write(token, "kv/data/a", "{\"data\":{},\"Options\":{}}")).isEqualTo(DENIED);
    }

    @Test
    void aListIsAsLongAsTheRuleAllows() {
        for (String name : List.of("a", "b", "c", "d")) {
            vault.write("one/" + name, "{\"v\":1}");
        }
        Credential token = token("path \"one/\" { capabilities = [\"list\"] pagination_limit = 2 }");
        assertThat(list(token, "one", "limit", "2")).isEqualTo("{\"keys\":[\"a\",\"b\"]}");
        assertThat(list(token, "one", "limit", "max")).isEqualTo("{\"keys\":[\"a\",\"b\"]}");
        assertThat(list(token, "one", "limit", "0")).isEqualTo("{\"keys\":[\"a\",\"b\"]}");
        assertThat(list(token, "one", "after", "b")).isEqualTo("{\"keys\":[\"c\",\"d\"]}");
        assertThat(list(token, "one", "limit", "3")).contains("permission denied");
    }

    @Test
    void aListShowsOnlyWhatMayBeReadWhereTheRuleSaysSo() {
        for (String name : List.of("a", "b", "c/x", "d/x")) {
            vault.write("one/" + name, "{\"v\":1}");
        }
        Credential token = token("""
                path "one/*" {
                  capabilities = ["list"]
                  list_scan_response_keys_filter_path = "{{ .path }}{{ .key }}"
                }
                path "one/a" { capabilities = ["read"] }
                path "one/d/*" { capabilities = ["deny"] }
                """);
        assertThat(list(token, "one", "limit", "0")).isEqualTo("{\"keys\":[\"a\",\"c/\"]}");
        assertThat(list(token, "one/c", "limit", "0")).isEqualTo("NotFound[errors=[]]");
    }

    @Test
    void whoMayDoNothingStillLearnsWhatHeMayDo() {
        Credential token = token("path \"kv/data/+/x*\" { capabilities = [\"read\"] }");
        assertThat(write(token, "sys/capabilities-self", "{\"path\":\"kv/data/a/xy\"}"))
                .as("the policy default allows it")
                .isInstanceOf(Response.Ok.class);
        assertThat(TestVault.text(ask(token, Operation.READ, "sys/internal/ui/resultant-acl")))
                .contains("\"glob_paths\":{")
                .contains("\"kv/data/+/x*\":{\"capabilities\":[\"read\"]}")
                .contains("\"cubbyhole/\":{\"capabilities\":[\"create\",\"delete\",\"list\",\"read\",\"update\"]}");
        assertThat(TestVault.text(ask(token, Operation.READ, "sys/internal/ui/mounts")))
                .contains("\"kv/\":{")
                .doesNotContain("\"one/\":{");
        assertThat(ask(token, Operation.READ, "sys/internal/ui/mounts/one/x")).isInstanceOf(Response.Denied.class);
        assertThat(ask(token, Operation.READ, "sys/internal/ui/mounts/kv/x")).isInstanceOf(Response.Ok.class);
    }

    private Credential token(String text) {
        String name = "p" + ++policies;
        policy(name, text);
        Response made = vault.write("auth/token/create", "{\"policies\":[\"" + name + "\"]}");
        if (made instanceof Response.Authenticated granted) {
            return granted.auth().credential().orElseThrow();
        }
        throw new AssertionError(made.toString());
    }

    private void policy(String name, String text) {
        Json body = Json.object().put("policy", text).build();
        assertThat(vault.write("sys/policies/acl/" + name, new String(JsonText.write(body), StandardCharsets.UTF_8)))
                .isEqualTo(Response.NO_CONTENT);
    }

    private Response ask(Credential token, Operation operation, String path) {
        return vault.handle(vault.request(operation, path, "", Optional.of(token)));
    }

    private Response write(Credential token, String path, String body) {
        return vault.handle(vault.request(Operation.UPDATE, path, body, Optional.of(token)));
    }

    private Response read(Credential token, String path, String parameter, String value) {
        Incoming plain = vault.request(Operation.READ, path, "", Optional.of(token));
        return vault.handle(Requests.with(Map.of(parameter, value), plain));
    }

    private String list(Credential token, String path, String parameter, String value) {
        Incoming plain = vault.request(Operation.LIST, path, "", Optional.of(token));
        return TestVault.text(vault.handle(Requests.with(Map.of(parameter, value), plain)));
    }
}
