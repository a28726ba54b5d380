// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.coffer.core.engine.Directory;
import io.coffer.core.secret.Secret;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LdapDirectoryTest {
    private static final Directory.Users USERS = new Directory.Users("ou=people,dc=example", "uid", false, "");
    private static final Directory.Users LOOKED_UP = new Directory.Users("dc=example", "uid", true, "");
    private static final Directory.Groups GROUPS = new Directory.Groups("ou=groups,dc=example", "cn");

    private final LdapDirectory directory = new LdapDirectory();
    private InMemoryDirectoryServer server;

    @BeforeEach
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("plain", InetAddress.getLoopbackAddress(), 0, null));
        config.addAdditionalBindCredentials("cn=binder", "binder-password");
        config.setSchema(null);
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example", "objectClass: domain", "dc: example");
        server.add("dn: ou=people,dc=example", "objectClass: organizationalUnit", "ou: people");
        server.add("dn: ou=groups,dc=example", "objectClass: organizationalUnit", "ou: groups");
        person("ann", "uid=ann,ou=people,dc=example");
        person("a,b=c", "uid=a\\,b\\=c,ou=people,dc=example");
        person("*", "uid=*,ou=people,dc=example");
        server.add(
                "dn: cn=dev,ou=groups,dc=example",
                "objectClass: groupOfNames",
                "cn: dev",
                "member: uid=ann,ou=people,dc=example");
        server.add("dn: cn=ops,ou=groups,dc=example", "objectClass: posixGroup", "cn: ops", "memberUid: ann");
        server.add("dn: cn=no,ou=groups,dc=example", "objectClass: posixGroup", "cn: no", "memberUid: bob");
        server.startListening();
    }

    @AfterEach
    void stop() {
        server.shutDown(true);
    }

    private void person(String uid, String name) throws Exception {
        server.add(
                "dn: " + name, "objectClass: inetOrgPerson", "uid: " + uid, "cn: " + uid, "sn: x", "userPassword: pw");
    }

    private Directory.Question question(Directory.Users users, String... urls) {
        String here = "ldap://127.0.0.1:" + server.getListenPort();
        return new Directory.Question(
                urls.length == 0 ? List.of(here) : List.of(urls),
                new Directory.Tls(false, ""),
                "cn=binder",
                "binder-password",
                users,
                GROUPS);
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
        String here = "ldap://127.0.0.1:" + server.getListenPort();
        assertThat(ask(question(USERS, "ldap://127.0.0.1:1", here), "ann", "pw"))
                .isInstanceOf(Directory.Outcome.Known.class);
        assertThat(ask(question(USERS, "ldap://127.0.0.1:1"), "ann", "pw"))
                .isEqualTo(new Directory.Outcome.Failed("failed to connect to LDAP server"));
    }

    @Test
    void aBinderWhoIsRefusedFailsAndSaysNothingOfAUser() {
        Directory.Question question = new Directory.Question(
                List.of("ldap://127.0.0.1:" + server.getListenPort()),
                new Directory.Tls(false, ""),
                "cn=binder",
                "wrong",
                LOOKED_UP,
                GROUPS);
        assertThat(ask(question, "ann", "pw")).isInstanceOf(Directory.Outcome.Failed.class);
    }
}
