// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthRoutesTest {
    private TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).engine("auth/door", mount -> new OpenDoor()), 1, 1);

    /// Lets everybody in.
    private static final class OpenDoor implements LoginEngine {
        @Override
        public List<Route> routes() {
            return List.of(Route.writes("login/:name", Operation.UPDATE, "Come in.", (call, writer) -> {
                        String name = call.request().values().captured("name");
                        return new Response.Granted(
                                new Grant.Login(
                                        TokenRules.NONE.terms(),
                                        List.of("Visitor"),
                                        name,
                                        name,
                                        Map.of("who", name),
                                        Optional.empty(),
                                        Map.of()),
                                List.of());
                    })
                    .access(Access.ANYONE));
        }

        @Override
        public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
            return new Renewal.Granted(TokenRules.NONE.terms());
        }
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response enable(String path, String body) {
        return vault.write("sys/auth/" + path, body);
    }

    private void enable(String path) {
        assertThat(enable(path, "{\"type\":\"door\"}")).as(path).isEqualTo(Response.NO_CONTENT);
    }

    private Credential login(String path, String name) {
        Response answer =
                vault.handle(vault.request(Operation.UPDATE, "auth/" + path + "/login/" + name, "", Optional.empty()));
        return ((Response.Authenticated) answer).auth().credential().orElseThrow();
    }

    private boolean lives(Credential token) {
        return vault.handle(vault.request(Operation.READ, "auth/token/lookup-self", "", Optional.of(token)))
                instanceof Response.Ok;
    }

    private static Response invalid(String error) {
        return new Response.Invalid(error);
    }

    private String text(String path) {
        return TestVault.text(vault.read(path));
    }

    @Test
    void aMethodLetsInAtItsPathAndUnderItsName() {
        enable("team/door");
        Credential token = login("team/door", "Ann");
        String told = TestVault.text(
                vault.handle(vault.request(Operation.READ, "auth/token/lookup-self", "", Optional.of(token))));
        assertThat(told)
                .contains(
                        "\"display_name\":\"team-door-Ann\"",
                        "\"path\":\"auth/team/door/login/Ann\"",
                        "\"policies\":[\"default\",\"visitor\"]",
                        "\"meta\":{\"who\":\"Ann\"}");
    }

    @Test
    void itIsListedReadAndTuned() {
        assertThat(
                        enable(
                                "door",
                                "{\"type\":\"door\",\"description\":\"d\",\"config\":{\"max_lease_ttl\":\"2h\",\"token_type\":\"batch\"}}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(text("sys/auth")).contains("\"door/\":{\"accessor\":\"door_", "\"token/\":{\"accessor\":\"token_");
        assertThat(text("sys/auth/door")).contains("\"token_type\":\"batch\"", "\"max_lease_ttl\":7200");
        String tuned = "{\"default_lease_ttl\":2764800,\"description\":\"d\",\"force_no_cache\":false,"
                + "\"max_lease_ttl\":7200,\"token_type\":\"batch\"}";
        assertThat(text("sys/auth/door/tune")).isEqualTo(tuned);
        assertThat(text("sys/mounts/auth/door/tune")).isEqualTo(tuned);
        assertThat(vault.write("sys/auth/door/tune", "{\"token_type\":\"default\",\"default_lease_ttl\":60}"))
                .isEqualTo(Response.NO_CONTENT);
        vault = vault.restart().unseal();
        assertThat(text("sys/auth/door/tune"))
                .contains("\"token_type\":\"default-service\"", "\"default_lease_ttl\":60");
        assertThat(text("sys/auth/token/tune")).contains("\"token_type\":\"default-service\"");
    }

    @Test
    void whoCameInIsOutWhenTheMethodIsDisabled() {
        enable("door");
        enable("other");
        Credential in = login("door", "ann");
        Credential elsewhere = login("other", "ann");
        vault.write(
                "sys/policies/acl/visitor",
                "{\"policy\":\"path \\\"auth/token/*\\\" {capabilities=[\\\"update\\\"]}\"}");
        Response made = vault.handle(vault.request(Operation.UPDATE, "auth/token/create", "{}", Optional.of(in)));
        Credential young = ((Response.Authenticated) made).auth().credential().orElseThrow();
        assertThat(lives(young)).isTrue();
        assertThat(vault.delete("sys/auth/door")).isEqualTo(Response.NO_CONTENT);
        assertThat(lives(in)).isFalse();
        assertThat(lives(young)).isFalse();
        assertThat(lives(elsewhere)).isTrue();
        enable("door");
        assertThat(lives(in)).isFalse();
        assertThat(lives(login("door", "ann"))).isTrue();
        vault = vault.restart().unseal();
        assertThat(lives(in)).isFalse();
    }

    @Test
    void whatCannotBeEnabledHasItsText() {
        enable("a/b");
        for (String there : List.of("a/b", "a", "a/b/c")) {
            assertThat(enable(there, "{\"type\":\"door\"}")).isEqualTo(invalid("path is already in use at a/b/"));
        }
        assertThat(enable("x", "{}")).isEqualTo(invalid("backend type must be specified as a string"));
        assertThat(enable("x", "{\"type\":\"token\"}"))
                .isEqualTo(invalid("token credential backend cannot be instantiated"));
        for (String secrets : List.of("kv", "system", "nothing", "auth/door")) {
            assertThat(enable("x", "{\"type\":\"" + secrets + "\"}"))
                    .isEqualTo(invalid("plugin not found in the catalog: " + secrets));
        }
        assertThat(vault.write("sys/mounts/x", "{\"type\":\"door\"}"))
                .isEqualTo(invalid("plugin not found in the catalog: door"));
        assertThat(enable("x", "{\"type\":\"door\",\"config\":{\"token_type\":\"odd\"}}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(enable("x", "{\"type\":\"door\",\"config\":{\"user_lockout_config\":{\"lockout_threshold\":3}}}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(vault.write("sys/auth", "{\"type\":\"door\"}")).isNotEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("sys/auth/x")).isEqualTo(invalid("No auth engine at x/"));
        assertThat(vault.read("sys/mounts/auth/a/b")).isEqualTo(invalid("No secret engine mount at auth/a/b/"));
    }

    @Test
    void theTokenMethodStays() {
        assertThat(vault.delete("sys/auth/token")).isEqualTo(invalid("token credential backend cannot be disabled"));
        assertThat(vault.delete("sys/mounts/auth/token")).isEqualTo(invalid("cannot unmount \"auth/token/\""));
        assertThat(vault.delete("sys/auth/nothing")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.write("sys/auth/token/tune", "{\"token_type\":\"batch\"}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(vault.write("sys/auth/token/tune", "{\"max_lease_ttl\":\"1h\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(text("sys/auth/token/tune")).contains("\"max_lease_ttl\":3600");
    }

    @Test
    void beforeALoginOnlyWhatIsToBeSeenIsShown() {
        enable("seen");
        enable("hidden");
        vault.write("sys/auth/seen/tune", "{\"listing_visibility\":\"unauth\",\"description\":\"come in\"}");
        Response anybody = vault.handle(vault.request(Operation.READ, "sys/internal/ui/mounts", "", Optional.empty()));
        assertThat(TestVault.text(anybody))
                .isEqualTo("{\"auth\":{\"seen/\":{\"type\":\"door\",\"description\":\"come in\",\"options\":null}},"
                        + "\"secret\":{}}");
        Response wrong = vault.handle(vault.request(
                Operation.READ, "sys/internal/ui/mounts", "", Optional.of(new Credential("hvs.nothing"))));
        assertThat(wrong).isInstanceOf(Response.Denied.class);
        String named = TestVault.text(vault.handle(
                vault.request(Operation.READ, "sys/internal/ui/mounts", "", Optional.of(login("hidden", "ann")))));
        assertThat(named).contains("\"seen/\":{\"accessor\":").doesNotContain("\"hidden/\"");
        assertThat(text("sys/internal/ui/mounts")).contains("\"seen/\"", "\"hidden/\"", "\"token/\"");
    }
}
