// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthCommandsTest extends InSession {
    private static final String AUTH = """
            {"request_id":"r","data":null,"wrap_info":null,"warnings":null,"auth":{"client_token":"hvs.in","accessor":"acc",
            "policies":["default"],"token_policies":["default"],"metadata":{"username":"alice"},"lease_duration":60,
            "renewable":true}}""";

    @BeforeEach
    void start() {
        session.when("PUT auth/userpass/login/alice", 200, AUTH)
                .when("PUT auth/team/login/alice", 200, AUTH)
                .when("PUT auth/approle/login", 200, AUTH);
    }

    @Test
    void whoLogsInIsAskedForThePasswordAndKeepsTheToken() throws Exception {
        session.env.remove("VAULT_TOKEN");
        session.inputIsTerminal = true;
        session.typed.add("open sesame");
        Ran ran = session.run("login", "-method=userpass", "username=alice");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(session.prompts).isEqualTo("Password (will be hidden): ");
        assertThat(session.last().body()).isEqualTo("{\"password\":\"open sesame\"}");
        assertThat(session.last().headers()).doesNotContainKey("x-vault-token");
        assertThat(ran.out()).startsWith("Success!").containsPattern("token_meta_username +alice\n");
        assertThat(Files.readString(home.resolve(".vault-token"))).isEqualTo("hvs.in");
    }

    @Test
    void aScriptGivesWhatTheMethodNeeds() {
        session.input = "from a file".getBytes(StandardCharsets.UTF_8);
        assertThat(session.run("login", "-method=userpass", "-path=team", "-token-only", "username=alice", "password=-")
                        .out())
                .isEqualTo("hvs.in");
        assertThat(session.last().body()).isEqualTo("{\"password\":\"from a file\"}");
        assertThat(session.run("login", "-method=approle", "-no-store", "-field=token", "role_id=r", "secret_id=s")
                        .out())
                .isEqualTo("hvs.in");
        assertThat(session.last().body()).isEqualTo("{\"role_id\":\"r\",\"secret_id\":\"s\"}");
        assertThat(home.resolve(".vault-token")).doesNotExist();
        assertThat(session.run("login", "-method=userpass", "password=x").exit())
                .isEqualTo(1);
        assertThat(session.run("login", "-method=userpass", "username=bob", "password=x")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void methodsAreEnabledTunedMovedAndDisabled() {
        session.when("POST sys/auth/team", 204, "")
                .when("POST sys/auth/team/tune", 204, "")
                .when("DELETE sys/auth/team", 204, "")
                .whenData("POST sys/remount", "{\"migration_id\":\"m\"}")
                .whenData("GET sys/remount/status/m", "{\"migration_info\":{\"status\":\"success\"}}");
        assertThat(session.run("auth", "enable", "-path=team", "-token-type=batch", "-description=d", "userpass"))
                .isEqualTo(new Ran(0, "Success! Enabled userpass auth method at: team/\n", ""));
        assertThat(session.last().body())
                .isEqualTo("{\"type\":\"userpass\",\"description\":\"d\",\"config\":{\"token_type\":\"batch\"}}");
        assertThat(session.run("auth", "tune", "-default-lease-ttl=1h", "team/").out())
                .isEqualTo("Success! Tuned the auth method at: team/\n");
        assertThat(session.run("auth", "tune", "team").exit()).isEqualTo(1);
        assertThat(session.run("auth", "move", "auth/team", "auth/new").out())
                .contains("Finished moving auth method auth/team/ to auth/new/");
        for (String[] paths : new String[][] {{"team", "new"}, {"auth/team", "new/"}, {"team/", "auth/new"}}) {
            assertThat(session.run("auth", "move", paths[0], paths[1]))
                    .satisfies(ran -> assertThat(ran.exit()).isEqualTo(1))
                    .satisfies(ran -> assertThat(ran.err())
                            .contains("both paths begin with auth/, as in: coffer auth move auth/team/ auth/new/"));
        }
        assertThat(session.run("auth", "disable", "team").out())
                .isEqualTo("Success! Disabled the auth method (if it existed) at: team/\n");
    }

    @Test
    void methodsAreListedByPath() {
        session.whenData(
                "GET sys/auth", "{\"token/\":{\"type\":\"token\",\"accessor\":\"token_1\",\"description\":\"d\"}}");
        assertThat(session.run("auth", "list").out()).containsPattern("token/ +token +token_1 +d\n");
        assertThat(session.run("auth", "list", "-format=json").out()).startsWith("{\n  \"token/\": {");
        session.when("GET auth/team/?help=1", 200, "{\"help\":\"log in\"}");
        assertThat(session.run("auth", "help", "team").out()).isEqualTo("log in\n");
    }
}
