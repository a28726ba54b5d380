// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.config.Traffic;
import io.coffer.server.http.Raw;
import io.coffer.server.outbound.TestDirectory;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logins with the password of a directory, by a whole daemon.
class LdapLoginTest {
    private TestDirectory directory;
    private RunningServer vault;

    @BeforeEach
    void start() throws Exception {
        directory = new TestDirectory(Optional.empty());
        vault = new RunningServer(Traffic.DEFAULT);
        done("sys/auth/ldap", "{\"type\":\"ldap\"}");
        done("auth/ldap/config", directory.configuration());
        done("auth/ldap/groups/dev", "{\"policies\":\"develop\"}");
    }

    @AfterEach
    void stop() {
        vault.close();
        directory.close();
    }

    private void done(String path, String body) throws Exception {
        Raw.Answered answer = vault.ask("POST", path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(204);
    }

    private Raw.Answered login(String user, String password) throws Exception {
        return vault.ask("POST", "auth/ldap/login/" + user, "{\"password\":\"" + password + "\"}");
    }

    @Test
    void whoHasThePasswordGetsThePoliciesOfHisGroups() throws Exception {
        Raw.Answered in = login("Ann", "pw");
        assertThat(in.status()).as(in.body()).isEqualTo(200);
        assertThat(in.body()).contains("\"token_policies\":[\"default\",\"develop\"]", "\"username\":\"ann\"");
        assertThat(login("ann", "wrong").body()).contains("ldap operation failed: failed to bind as user");
        assertThat(login("nobody", "wrong").body())
                .isEqualTo(login("ann", "wrong").body());
        directory.close();
        assertThat(login("ann", "pw").body()).contains("ldap operation failed: failed to connect to LDAP server");
    }

    @Test
    void otherSpellingsOfANameAreNotTriedAndCountNothing() throws Exception {
        for (String odd : new String[] {
            "ann%20", "%20ann", "%EF%BD%81nn", "a%E2%80%8Bnn", "a%C2%ADnn", "a%CD%8Fnn", "an%20%20n", "%EF%BB%BFann"
        }) {
            assertThat(login(odd, "pw").status()).as(odd).isEqualTo(400);
        }
        for (int i = 0; i < 5; i++) {
            login(i % 2 == 0 ? "ANN" : "aNn", "wrong");
        }
        assertThat(login("ann", "pw").status()).isEqualTo(403);
        Raw.Answered locked = vault.ask("GET", "sys/locked-users", "");
        assertThat(locked.body()).contains("\"alias_identifiers\":[\"ann\"]", "\"total\":1");
        String accessor = locked.body().replaceAll("(?s).*\"mount_accessor\":\"([^\"]+)\".*", "$1");
        done("sys/locked-users/" + accessor + "/unlock/ann", "");
        assertThat(login("ann", "pw").status()).isEqualTo(200);
        assertThat(vault.ask("GET", "sys/locked-users", "").body()).contains("\"by_namespace\":[]", "\"total\":0");
        assertThat(vault.ask("POST", "sys/locked-users/ldap_00000000/unlock/ann", "")
                        .status())
                .isEqualTo(400);
    }
}
