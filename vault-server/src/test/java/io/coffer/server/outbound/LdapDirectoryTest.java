// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Directory;
import io.coffer.core.engine.DirectoryFilter;
import io.coffer.core.secret.Secret;
import io.coffer.server.cli.wire.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LdapDirectoryTest {
    private static final Directory.Waits LONGEST = Directory.Waits.LONGEST;
    private static final Directory.Users USERS =
            new Directory.Users(TestDirectory.PEOPLE, "uid", false, "", DirectoryFilter.USERS);
    private static final Directory.Users LOOKED_UP =
            new Directory.Users("dc=example", "uid", true, "", DirectoryFilter.USERS);
    private static final Directory.Groups GROUPS =
            new Directory.Groups(TestDirectory.GROUPS, "cn", DirectoryFilter.GROUPS, false, false);

    private final LdapDirectory directory = new LdapDirectory();
    private TestDirectory server;

    @BeforeEach
    void start() throws Exception {
        server = new TestDirectory(Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Directory.Question question(Directory.Users users, String... urls) {
        return new Directory.Question(
                urls.length == 0 ? List.of(server.url()) : List.of(urls),
                new Directory.Tls(false, "", "TLSv1.2"),
                TestDirectory.BINDER,
                TestDirectory.SECRET,
                users,
                GROUPS,
                LONGEST);
    }

    private Directory.Question question(Directory.Users users, Directory.Groups groups, boolean bound) {
        return new Directory.Question(
                List.of(server.url()),
                new Directory.Tls(false, "", "TLSv1.2"),
                bound ? TestDirectory.BINDER : "",
                bound ? TestDirectory.SECRET : "",
                users,
                groups,
                LONGEST);
    }

    private static Directory.Outcome groups(String... names) {
        return new Directory.Outcome.Known(List.of(names));
    }

    private Directory.Outcome ask(Directory.Question question, String user, String password) {
        try (Secret secret = Secret.takeFrom(password.getBytes(StandardCharsets.UTF_8))) {
            return directory.ask(question, user, secret, () -> Duration.ofSeconds(30));
        }
    }

    @Test
    void whoHasThePasswordIsKnownWithHisGroups() {
        Directory.Outcome ann = new Directory.Outcome.Known(List.of("dev", "ops"));
        assertThat(ask(question(USERS), "ann", "pw")).isEqualTo(ann);
        assertThat(ask(question(LOOKED_UP), "ann", "pw")).isEqualTo(ann);
    }

    @Test
    void nobodyElseIs() {
        Directory.Outcome refused = new Directory.Outcome.Refused();
        for (Directory.Users users : List.of(USERS, LOOKED_UP)) {
            assertThat(ask(question(users), "ann", "wrong")).isEqualTo(refused);
            assertThat(ask(question(users), "nobody", "pw")).isEqualTo(refused);
            assertThat(ask(question(users), "", "pw")).isEqualTo(refused);
        }
    }

    @Test
    void whoIsNotThereIsTriedAsOftenAsWhoIs() {
        for (Directory.Users users : List.of(USERS, LOOKED_UP)) {
            ask(question(users), "ann", "wrong");
            int known = server.binds.getAndSet(0);
            ask(question(users), "nobody", "wrong");
            assertThat(server.binds.getAndSet(0)).isEqualTo(known).isEqualTo(2);
        }
    }

    @Test
    void nothingInANameMeansAnything() {
        Directory.Outcome alone = new Directory.Outcome.Known(List.of());
        for (Directory.Users users : List.of(USERS, LOOKED_UP)) {
            assertThat(ask(question(users), "a,b=c", "pw")).isEqualTo(alone);
            assertThat(ask(question(users), "*", "pw")).isEqualTo(alone);
            for (String odd : List.of(
                    "a*",
                    "ann)(uid=*",
                    "*)(uid=ann",
                    "ann,ou=people",
                    "\\61nn",
                    "ann\\00",
                    "(|(uid=ann))",
                    "an\u0000n")) {
                assertThat(ask(question(users), odd, "pw")).as(odd).isEqualTo(new Directory.Outcome.Refused());
            }
        }
    }

    @Test
    void theNextServerIsAskedWhereOneIsGone() {
        assertThat(ask(question(USERS, "ldap://127.0.0.1:1", server.url()), "ann", "pw"))
                .isInstanceOf(Directory.Outcome.Known.class);
        assertThat(ask(question(USERS, "ldap://127.0.0.1:1"), "ann", "pw"))
                .isEqualTo(new Directory.Outcome.Failed("failed to connect to LDAP server"));
    }

    @Test
    void aBinderWhoIsRefusedFailsAndSaysNothingOfAUser() {
        Directory.Question question = new Directory.Question(
                List.of(server.url()),
                new Directory.Tls(false, "", "TLSv1.2"),
                TestDirectory.BINDER,
                "wrong",
                LOOKED_UP,
                GROUPS,
                LONGEST);
        assertThat(ask(question, "ann", "pw")).isInstanceOf(Directory.Outcome.Failed.class);
    }

    @Test
    void usersAreLookedUpByAFilterOfTheOperatorsOwn() {
        Directory.Users dev = new Directory.Users(
                "dc=example",
                "uid",
                true,
                "",
                new DirectoryFilter("(&(objectClass=inetOrgPerson)({{.UserAttr}}={{ .Username }})(!(uid=\\2a)))"));
        assertThat(ask(question(dev), "ann", "pw")).isEqualTo(groups("dev", "ops"));
        assertThat(ask(question(dev), "*", "pw")).isEqualTo(new Directory.Outcome.Refused());
        for (String odd :
                List.of("a*", "ann)(uid=*", "*)(uid=ann", "\\61nn", "an\u0000n", "ann))(|(uid=ann", "(", ")")) {
            assertThat(ask(question(dev), odd, "pw")).as(odd).isEqualTo(new Directory.Outcome.Refused());
        }
        Directory.Users byMail = new Directory.Users(
                "dc=example", "uid", true, "", new DirectoryFilter("(userPrincipalName={{.Username}})"));
        assertThat(ask(question(byMail), "ann@corp.example", "pw"))
                .isEqualTo(new Directory.Outcome.Known("ann", List.of("dev")));
        Directory.Users broken = new Directory.Users("dc=example", "uid", true, "", new DirectoryFilter("(&)(x)"));
        assertThat(ask(question(broken), "ann", "pw")).isInstanceOf(Directory.Outcome.Failed.class);
    }

    @Test
    void groupsAreThoseOfAnAttributeOfTheUserOrOfHisTokens() {
        Directory.Groups own = new Directory.Groups(
                "dc=example", "memberOf", new DirectoryFilter("(uid={{.Username}})"), false, false);
        assertThat(ask(question(LOOKED_UP, own, true), "ann", "pw")).isEqualTo(groups("Staff", "plain"));
        Directory.Groups tokens = new Directory.Groups(TestDirectory.GROUPS, "cn", DirectoryFilter.GROUPS, true, false);
        assertThat(ask(question(LOOKED_UP, tokens, true), "ann", "pw")).isEqualTo(groups("dev"));
        Directory.Groups none = new Directory.Groups("", "cn", DirectoryFilter.GROUPS, false, false);
        assertThat(ask(question(LOOKED_UP, none, true), "ann", "pw")).isEqualTo(groups());
        assertThat(ask(question(USERS, own, true), "*", "pw")).isEqualTo(groups("Staff", "plain"));
    }

    @Test
    void whoBindsByADomainIsInTheGroupsOfHisEntry() {
        Directory.Users domain = new Directory.Users("dc=example", "uid", false, "corp.example", DirectoryFilter.USERS);
        assertThat(ask(question(domain, GROUPS, false), "ann", "pw")).isEqualTo(groups("dev", "ops"));
        assertThat(ask(question(domain, GROUPS, false), "ann", "wrong")).isEqualTo(new Directory.Outcome.Refused());
        assertThat(ask(question(domain, GROUPS, false), "bob", "pw")).isEqualTo(new Directory.Outcome.Refused());
    }

    @Test
    void groupsAreLookedUpByTheUserOrByNobodyInParticular() {
        Directory.Groups anonymous =
                new Directory.Groups(TestDirectory.GROUPS, "cn", DirectoryFilter.GROUPS, false, true);
        assertThat(ask(question(USERS, GROUPS, false), "ann", "pw")).isEqualTo(groups("dev", "ops"));
        assertThat(ask(question(USERS, anonymous, false), "ann", "pw")).isEqualTo(groups("dev", "ops"));
    }

    @Test
    void aServerIsTrustedByItsCertificateAlone() throws Exception {
        TestCertificates authority = TestCertificates.authority("authority");
        TestCertificates shown = authority.sign("localhost");
        try (TestDirectory secure = new TestDirectory(Optional.of(shown.serverContext(authority)))) {
            for (boolean start : new boolean[] {true, false}) {
                String other = start ? secure.url() : secure.secureUrl();
                String url = other.replace("127.0.0.1", "localhost");
                for (String lowest : List.of("TLSv1.2", "TLSv1.3")) {
                    assertThat(ask(secured(url, start, pem(authority), lowest), "ann", "pw"))
                            .isEqualTo(groups("dev", "ops"));
                }
                String foreign = pem(TestCertificates.authority("other"));
                assertThat(ask(secured(url, start, foreign, "TLSv1.2"), "ann", "pw"))
                        .isEqualTo(new Directory.Outcome.Failed("failed to connect to LDAP server"));
                assertThat(ask(secured(other, start, pem(authority), "TLSv1.2"), "ann", "pw"))
                        .isEqualTo(new Directory.Outcome.Failed("failed to connect to LDAP server"));
            }
        }
        assertThat(ask(secured(server.url(), true, pem(authority), "TLSv1.2"), "ann", "pw"))
                .isEqualTo(new Directory.Outcome.Failed("failed to connect to LDAP server"));
    }

    private static String pem(TestCertificates of) throws Exception {
        return TestCertificates.pem("CERTIFICATE", of.certificate().getEncoded());
    }

    private Directory.Question secured(String url, boolean start, String trusted, String lowest) {
        return new Directory.Question(
                List.of(url),
                new Directory.Tls(start, trusted, lowest),
                TestDirectory.BINDER,
                TestDirectory.SECRET,
                USERS,
                GROUPS,
                LONGEST);
    }
}
