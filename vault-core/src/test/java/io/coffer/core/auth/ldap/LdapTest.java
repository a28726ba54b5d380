// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.engine.Directory;
import io.coffer.core.engine.DirectoryFilter;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LdapTest {
    private static final Response WRONG = new Response.Invalid("ldap operation failed: failed to bind as user");

    private final List<String> asked = new ArrayList<>();

    /// Knows `ann`, whose password is `pw`, also as `a.smith`.
    private final Directory directory = (question, user, password, slow) -> {
        asked.add(user);
        return List.of("ann", "a.smith").contains(user) && password.sameAs("pw".getBytes(StandardCharsets.UTF_8))
                ? new Directory.Outcome.Known(user.equals("ann") ? "" : "Ann", List.of("Dev", "a/b", ".."))
                : new Directory.Outcome.Refused();
    };

    private final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk()).engine("auth/ldap", mount -> new LdapEngine(mount, directory)),
            1,
            1);

    @BeforeEach
    void enable() {
        Logins.enable(vault, "ldap");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response write(String path, String body) {
        return vault.write("auth/ldap/" + path, body);
    }

    private void configure() {
        assertThat(write(
                        "config",
                        "{\"url\":\"ldaps://ldap.example\",\"userdn\":\"ou=p\",\"binddn\":\"cn=b\",\"bindpass\":\"secret-of-b\","
                                + "\"token_policies\":\"all\"}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    private Response login(String user, String password) {
        return Logins.anonymous(vault, "auth/ldap/login/" + user, "{\"password\":\"" + password + "\"}");
    }

    @Test
    void aUserGetsWhatHeAndHisGroupsGet() {
        assertThat(login("ann", "pw")).isEqualTo(new Response.Invalid("auth method not configured"));
        configure();
        write("groups/DEV", "{\"policies\":\"Dev,shared\"}");
        write("groups/own", "{\"policies\":\"own-group\"}");
        write("users/Ann", "{\"policies\":\"mine\",\"groups\":\"own\"}");
        Auth auth = Logins.in(login("ANN", "pw"));
        assertThat(auth.tokenPolicies()).containsExactly("all", "default", "dev", "mine", "own-group", "shared");
        assertThat(auth.metadata().orElseThrow()).isEqualTo(Map.of("username", "ann"));
        Credential token = auth.credential().orElseThrow();
        Logins.in(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}"));
        write("groups/dev", "{\"policies\":\"dev\"}");
        assertThat(TestVault.text(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}")))
                .contains("policies have changed, not renewing");
    }

    @Test
    void whoeverLogsInByAnotherNameIsTheSameUnlessTheNameOfTheLoginCounts() {
        configure();
        String ann = Logins.in(login("ann", "pw")).entityId();
        assertThat(Logins.in(login("A.Smith", "pw"))).satisfies(auth -> {
            assertThat(auth.entityId()).isEqualTo(ann);
            assertThat(auth.metadata().orElseThrow()).isEqualTo(Map.of("username", "a.smith"));
        });
        assertThat(write("config", "{\"username_as_alias\":true}")).isEqualTo(Response.NO_CONTENT);
        assertThat(Logins.in(login("ann", "pw")).entityId()).isEqualTo(ann);
        assertThat(Logins.in(login("A.Smith", "pw")).entityId()).isNotEqualTo(ann);
        assertThat(TestVault.text(vault.read("auth/ldap/config"))).contains("\"username_as_alias\":true");
    }

    @Test
    void anEmptyPasswordIsNotEvenAskedAbout() {
        configure();
        assertThat(login("ann", "")).isEqualTo(new Response.Invalid("missing password"));
        assertThat(asked).isEmpty();
        assertThat(write("config", "{\"deny_null_bind\":false}")).isInstanceOf(Response.Invalid.class);
        assertThat(write("config", "{\"insecure_tls\":true}")).isInstanceOf(Response.Invalid.class);
    }

    @Test
    void failuresLockANameOutAndItIsNotAskedAboutThen() {
        configure();
        for (String spelling : List.of("ann", "ANN", "Ann", "aNN", "anN")) {
            assertThat(login(spelling, "wrong")).isEqualTo(WRONG);
        }
        assertThat(asked).hasSize(5);
        assertThat(login("ann", "pw")).isEqualTo(Response.Denied.PERMISSION);
        assertThat(asked).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(login("nobody", "wrong")).isEqualTo(WRONG);
        }
        assertThat(login("nobody", "wrong")).isEqualTo(Response.Denied.PERMISSION);
    }

    @Test
    void theConfigurationIsReadBackWithoutItsSecret() {
        configure();
        String told = TestVault.text(vault.read("auth/ldap/config"));
        assertThat(told)
                .contains("\"binddn\":\"cn=b\"", "\"discoverdn\":true", "\"url\":\"ldaps://ldap.example\"")
                .doesNotContain("secret-of-b", "bindpass");
        assertThat(write("config", "{\"userattr\":\"UID\"}")).isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(vault.read("auth/ldap/config"))).contains("\"userattr\":\"uid\"");
        for (String bad : List.of(
                "{\"url\":\"http://x\"}", "{\"url\":\"\"}", "{\"userattr\":\"a)(b\"}", "{\"certificate\":\"x\"}")) {
            assertThat(write("config", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        write("groups/g", "{\"policies\":\"p\"}");
        assertThat(TestVault.text(vault.handle(Operation.LIST, "auth/ldap/groups", "")))
                .isEqualTo("{\"keys\":[\"g\"]}");
        assertThat(write("groups/g", "{\"policies\":\"\\uff52oot\"}")).isInstanceOf(Response.Invalid.class);
    }

    @Test
    void oneSpellingOfANameIsAskedAboutHoweverManyTheDirectoryWouldTake() {
        configure();
        for (String odd : List.of("ann ", " ann", "\uff41nn", "a\u200bnn", "a\u00adnn", "a\u034fnn", "a\u0308nn")) {
            assertThat(PersonName.isPlain(odd)).as(odd).isEqualTo(false);
        }
        assertThat(PersonName.isPlain("x".repeat(257))).isFalse();
        assertThat(PersonName.isPlain("Ann von Ö")).isTrue();
        assertThat(List.of("stra\u00dfe", "STRASSE", "Stra\u1e9ee").stream().map(PersonName::folded))
                .containsOnly("strasse");
        assertThat(List.of("\u03b1\u03c3", "\u03b1\u03c2", "\u0391\u03a3").stream()
                        .map(PersonName::folded)
                        .distinct())
                .hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void filtersAreTheOperatorsAndNothingInANameMeansAnything() {
        configure();
        for (String bad : List.of(
                "{\"userfilter\":\"uid={{.Username}}\"}",
                "{\"userfilter\":\"(uid={{.Username}}))(\"}",
                "{\"groupfilter\":\"(a=1)(b=2)\"}",
                "{\"groupfilter\":\"(a={{.Other}})\"}",
                "{\"groupfilter\":\"(a={{printf 1}})\"}",
                "{\"tls_min_version\":\"tls10\"}",
                "{\"client_tls_cert\":\"x\"}")) {
            assertThat(write("config", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        assertThat(
                        write(
                                "config",
                                "{\"userfilter\":\"(&(x=1)({{.UserAttr}}={{ .Username }}))\",\"use_token_groups\":true,"
                                        + "\"tls_min_version\":\"tls13\",\"request_timeout\":\"5s\",\"connection_timeout\":700}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(vault.read("auth/ldap/config")))
                .contains(
                        "\"userfilter\":\"(&(x=1)({{.UserAttr}}={{ .Username }}))\"",
                        "\"use_token_groups\":true",
                        "\"tls_min_version\":\"tls13\"",
                        "\"request_timeout\":5",
                        "\"connection_timeout\":30");
        assertThat(DirectoryFilter.GROUPS.of("cn", "a*)(b=\\\0$1", "cn=é"))
                .isEqualTo(
                        "(|(memberUid=a\\2a\\29\\28b\\3d\\5c\\00\\241)(member=cn\\3d\\c3\\a9)(uniqueMember=cn\\3d\\c3\\a9))");
    }
}
