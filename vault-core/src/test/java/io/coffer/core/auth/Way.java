// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.HandTime;
import io.coffer.core.TestVault;
import io.coffer.core.auth.cert.Issuer;
import io.coffer.core.auth.jwt.Signer;
import io.coffer.core.auth.ldap.LdapEngine;
import io.coffer.core.engine.Directory;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Disk;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A way in: each login method with somebody who may come in by it, and how he tries.
enum Way {
    APPROLE("role/ann", "\"role_id\":\"ann\",\"token_policies\":\"dev\"", "login") {
        @Override
        void prepare(TestVault vault) {
            super.prepare(vault);
            assertThat(vault.write("auth/approle/role/ann/custom-secret-id", "{\"secret_id\":\"pw\"}"))
                    .isInstanceOf(Response.Ok.class);
        }

        @Override
        String proof(TestVault vault, String password) {
            return "\"role_id\":\"ann\",\"secret_id\":\"" + password + "\"";
        }
    },
    CERT("certs/ann", "\"certificate\":\"" + Issuer.pem(Known.AUTHORITY.certificate()) + "\"", "login") {
        @Override
        Origin origin(String address) {
            return super.origin(address).showing(List.of(Known.ANN));
        }

        @Override
        String proof(TestVault vault, String password) {
            return "";
        }
    },
    JWT("role/ann", "\"role_type\":\"jwt\",\"user_claim\":\"sub\",\"bound_audiences\":\"vault\"", "login") {
        @Override
        void prepare(TestVault vault) {
            super.prepare(vault);
            done(vault, "config", "\"jwt_validation_pubkeys\":\"" + Known.SIGNER.pem() + "\"");
        }

        @Override
        String proof(TestVault vault, String password) {
            String claims = "{\"sub\":\"ann\",\"aud\":\"vault\",\"iat\":"
                    + vault.time().now().getEpochSecond() + "}";
            return "\"role\":\"ann\",\"jwt\":\"" + Known.SIGNER.sign(claims) + "\"";
        }
    },
    LDAP("config", "\"url\":\"ldaps://ldap.example\",\"userdn\":\"ou=p\"", "login/ann"),
    USERPASS("users/ann", "\"password\":\"pw\"", "login/ann");

    /// The password of whoever has one.
    static final String RIGHT = "pw";

    /// Where somebody logs in from, unless a test says otherwise.
    static final String HERE = "10.0.0.1";

    /// Those whose failures are counted.
    static final List<Way> COUNTED = List.of(APPROLE, LDAP, USERPASS);

    private final String rules;
    private final String body;
    private final String login;

    /// @param rules where it says what its tokens are like
    /// @param body members of what is written there
    /// @param login where he logs in
    Way(String rules, String body, String login) {
        this.rules = rules;
        this.body = body;
        this.login = login;
    }

    /// What takes long to make, once.
    private static final class Known {
        static final Instant NOW = HandTime.START;
        static final Issuer AUTHORITY = Issuer.authority("Ours", NOW);
        static final X509Certificate ANN = AUTHORITY.issue(Issuer.Says.client("CN=ann"), Issuer.pair(), NOW);
        static final Signer SIGNER = Signer.of("EdDSA", "k");
        static final Directory DIRECTORY =
                (question, user, password, slow) -> password.sameAs(RIGHT.getBytes(StandardCharsets.UTF_8))
                        ? new Directory.Outcome.Known(List.of("dev"))
                        : new Directory.Outcome.Refused();
    }

    static TestVault open(Disk disk) {
        return TestVault.open(
                TestVault.Setup.over(disk).engine("auth/ldap", mount -> new LdapEngine(mount, Known.DIRECTORY)), 1, 1);
    }

    /// Lets somebody in by it.
    void prepare(TestVault vault) {
        Logins.enable(vault, type());
        done(vault, rules, body);
    }

    /// What shows who he is: members of the body of his login.
    String proof(TestVault vault, String password) {
        return "\"password\":\"" + password + "\"";
    }

    Origin origin(String address) {
        return new Origin(address, 1, false, false);
    }

    Response login(TestVault vault, String password) {
        return send(vault, login, proof(vault, password));
    }

    Response login(TestVault vault) {
        return login(vault, RIGHT);
    }

    Response loginFrom(TestVault vault, String address) {
        return Logins.from(vault, origin(address), Optional.empty(), path(login), "{" + proof(vault, RIGHT) + "}");
    }

    /// He asks to stay.
    Response renew(TestVault vault, Credential token) {
        return Logins.from(vault, origin(HERE), Optional.of(token), "auth/token/renew-self", "{}");
    }

    /// Says of its tokens what the members say.
    Response rule(TestVault vault, String members) {
        return vault.write(path(rules), "{" + members + "}");
    }

    /// How what it says is read back.
    String told(TestVault vault) {
        return TestVault.text(vault.read(path(rules)));
    }

    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    void done(TestVault vault, String where, String members) {
        assertThat(vault.write(path(where), "{" + members + "}")).as(name()).isEqualTo(Response.NO_CONTENT);
    }

    Response send(TestVault vault, String where, String members) {
        return Logins.from(vault, origin(HERE), Optional.empty(), path(where), "{" + members + "}");
    }

    private String path(String where) {
        return "auth/" + type() + "/" + where;
    }
}
