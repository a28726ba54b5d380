// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.HandTime;
import io.coffer.core.TestVault;
import io.coffer.core.auth.cert.Issuer;
import io.coffer.core.auth.jwt.Signer;
import io.coffer.core.auth.ldap.LdapEngine;
import io.coffer.core.engine.Directory;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Disk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A way in: each login method with somebody who may come in by it, and how he tries.
enum Way {
    APPROLE("role/ann", "\"role_id\":\"ann\",\"token_policies\":\"dev\"") {
        @Override
        void prepare(TestVault vault) {
            super.prepare(vault);
            assertThat(vault.write("auth/approle/role/ann/custom-secret-id", "{\"secret_id\":\"pw\"}"))
                    .isInstanceOf(Response.Ok.class);
        }

        @Override
        Response login(TestVault vault, String password) {
            return send(vault, "login", "\"role_id\":\"ann\",\"secret_id\":\"" + password + "\"");
        }
    },
    CERT("certs/ann", "\"certificate\":\"" + Issuer.pem(Known.AUTHORITY.certificate()) + "\"") {
        @Override
        Response login(TestVault vault, String password) {
            Origin showing = new Origin("10.0.0.1", 1, false, false)
                    .showing(List.of(Known.AUTHORITY.issue(Issuer.Says.client("CN=ann"), Issuer.pair(), Known.NOW)));
            return Logins.from(vault, showing, Optional.empty(), "auth/cert/login", "{}");
        }
    },
    JWT("role/ann", "\"role_type\":\"jwt\",\"user_claim\":\"sub\",\"bound_audiences\":\"vault\"") {
        @Override
        void prepare(TestVault vault) {
            super.prepare(vault);
            done(vault, "config", "\"jwt_validation_pubkeys\":\"" + Known.SIGNER.pem() + "\"");
        }

        @Override
        Response login(TestVault vault, String password) {
            String claims = "{\"sub\":\"ann\",\"aud\":\"vault\",\"iat\":"
                    + vault.time().now().getEpochSecond() + "}";
            return send(vault, "login", "\"role\":\"ann\",\"jwt\":\"" + Known.SIGNER.sign(claims) + "\"");
        }
    },
    LDAP("config", "\"url\":\"ldaps://ldap.example\",\"userdn\":\"ou=p\"") {
        @Override
        Response login(TestVault vault, String password) {
            return send(vault, "login/ann", "\"password\":\"" + password + "\"");
        }
    },
    USERPASS("users/ann", "\"password\":\"pw\"") {
        @Override
        Response login(TestVault vault, String password) {
            return send(vault, "login/ann", "\"password\":\"" + password + "\"");
        }
    };

    /// The password of whoever has one.
    static final String RIGHT = "pw";

    /// Those whose failures are counted.
    static final List<Way> COUNTED = List.of(APPROLE, LDAP, USERPASS);

    private final String path;
    private final String body;

    Way(String path, String body) {
        this.path = path;
        this.body = body;
    }

    /// What takes long to make, once.
    private static final class Known {
        static final Instant NOW = HandTime.START;
        static final Issuer AUTHORITY = Issuer.authority("Ours", NOW);
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
        done(vault, path, body);
    }

    abstract Response login(TestVault vault, String password);

    Response login(TestVault vault) {
        return login(vault, RIGHT);
    }

    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    void done(TestVault vault, String where, String members) {
        assertThat(vault.write("auth/" + type() + "/" + where, "{" + members + "}"))
                .as(name())
                .isEqualTo(Response.NO_CONTENT);
    }

    Response send(TestVault vault, String where, String members) {
        return Logins.from(vault, "10.0.0.1", "auth/" + type() + "/" + where, "{" + members + "}");
    }
}
