// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.engine.Outbound;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Revocation lists that are fetched.
class FetchedListTest {
    private static final String URL = "{\"url\":\"http://lists/ours\"}";

    private int asked;
    private byte[] published = {};
    private final Outbound outbound = (question, slow) -> {
        asked++;
        return published.length > 0 && question.url().equals("http://lists/ours")
                ? new Outbound.Outcome.Answered(published)
                : new Outbound.Outcome.Failed("nobody there");
    };
    private final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk()).engine("auth/cert", mount -> new CertEngine(mount, outbound)), 1, 1);
    private final Instant begin = vault.time().now();
    private final Issuer authority = Issuer.authority("Ours", begin);
    private final X509Certificate ann = authority.issue(Issuer.Says.client("CN=Ann"), Issuer.pair(), begin);

    @BeforeEach
    void enable() {
        Logins.enable(vault, "cert");
        assertThat(vault.write(
                        "auth/cert/certs/web", "{\"certificate\":\"" + Issuer.pem(authority.certificate()) + "\"}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response login() {
        return Logins.from(vault, showing(), Optional.empty(), "auth/cert/login", "{}");
    }

    private Origin showing() {
        return new Origin("10.0.0.1", 1, false, false).showing(List.of(ann));
    }

    private byte[] list(Duration lasting, X509Certificate... revoked) {
        Instant now = vault.time().now();
        return authority.list(now, now.plus(lasting), revoked);
    }

    private void fetch() {
        assertThat(vault.write("auth/cert/crls/ours", URL)).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void aListIsFetchedAtOnceAndAgainWhenItIsOver() {
        published = list(Duration.ofMinutes(5));
        fetch();
        Logins.in(login());
        assertThat(asked).isEqualTo(1);
        vault.time().pass(Duration.ofMinutes(5));
        published = list(Duration.ofMinutes(5), ann);
        assertThat(login()).isInstanceOf(Response.Invalid.class);
        assertThat(asked).isEqualTo(2);
        assertThat(TestVault.text(vault.read("auth/cert/crls/ours")))
                .contains(ann.getSerialNumber().toString(16), "\"url\":\"http://lists/ours\"");
    }

    @Test
    void aListIsFetchedAgainEveryHourWhateverItSays() {
        published = list(Duration.ofDays(1));
        fetch();
        vault.time().pass(Duration.ofMinutes(59));
        published = list(Duration.ofDays(1), ann);
        Logins.in(login());
        vault.time().pass(Duration.ofMinutes(1));
        assertThat(login()).isInstanceOf(Response.Invalid.class);
    }

    @Test
    void whereNobodyAnswersTheOlderListGoesOnCounting() {
        published = list(Duration.ofMinutes(5), ann);
        fetch();
        published = new byte[0];
        vault.time().pass(Duration.ofMinutes(6));
        for (int i = 0; i < 20; i++) {
            assertThat(login()).isInstanceOf(Response.Invalid.class);
        }
        assertThat(asked).isEqualTo(2);
        vault.time().pass(RevocationList.AT_MOST);
        assertThat(login()).isInstanceOf(Response.Invalid.class);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void aListThatItsAuthorityHasNotSignedOrAnOlderOneIsNotTaken() {
        byte[] older = list(Duration.ofDays(9));
        vault.time().pass(Duration.ofSeconds(5));
        published = list(Duration.ofSeconds(5), ann);
        fetch();
        Instant now = vault.time().now();
        for (byte[] other : List.of(
                older,
                Issuer.authority("Ours", now).list(now, now.plus(Duration.ofDays(1))),
                Issuer.authority("Other", now).list(now, now.plus(Duration.ofDays(1))),
                new byte[] {1, 2, 3})) {
            vault.time().pass(Duration.ofHours(1));
            published = other;
            assertThat(login()).isInstanceOf(Response.Invalid.class);
        }
        published = Issuer.authority("Other", now).list(now, now.plus(Duration.ofDays(1)));
        assertThat(vault.write("auth/cert/crls/other", URL)).isInstanceOf(Response.Invalid.class);
        for (String bad : List.of(
                "{}",
                "{\"url\":\"file:///etc/passwd\"}",
                "{\"url\":\"http://lists/none\"}",
                "{\"url\":\"http://lists/ours\",\"crl\":\"x\"}")) {
            assertThat(vault.write("auth/cert/crls/other", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
    }

    @Test
    void aRenewalNeedsTheCertificateUnlessTheConfigurationSaysOtherwise() {
        Credential token = Logins.token(login());
        Origin bare = new Origin("10.0.0.1", 1, false, false);
        assertThat(Logins.from(vault, bare, Optional.of(token), "auth/token/renew-self", "{}"))
                .isInstanceOf(Response.Failed.class);
        assertThat(vault.write("auth/cert/config", "{\"disable_binding\":true}"))
                .isEqualTo(Response.NO_CONTENT);
        Logins.in(Logins.from(vault, bare, Optional.of(token), "auth/token/renew-self", "{}"));
        assertThat(TestVault.text(vault.read("auth/cert/config"))).contains("\"disable_binding\":true");
        vault.write("auth/cert/config", "{\"disable_binding\":false}");
        Logins.in(Logins.from(vault, showing(), Optional.of(token), "auth/token/renew-self", "{}"));
    }
}
