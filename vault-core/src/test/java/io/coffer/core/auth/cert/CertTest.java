// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Response;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertTest {
    private static final Response NO_CHAIN =
            new Response.Invalid("no chain matching all constraints could be found for this login certificate");

    private TestVault vault = TestVault.open();
    private final Instant now = vault.time().now();
    private final Issuer authority = Issuer.authority("Ours", now);

    @BeforeEach
    void enable() {
        Logins.enable(vault, "cert");
        role("web", authority.certificate(), "{\"token_policies\":\"web\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void role(String name, X509Certificate trusted, String more) {
        assertThat(vault.write(
                        "auth/cert/certs/" + name,
                        "{\"certificate\":\"" + Issuer.pem(trusted) + "\"" + (more.length() > 2 ? "," : "")
                                + more.substring(1)))
                .as(more)
                .isEqualTo(Response.NO_CONTENT);
    }

    private static Origin showing(X509Certificate... chain) {
        return new Origin("10.0.0.1", 1, false, false).showing(List.of(chain));
    }

    private Response login(X509Certificate... chain) {
        return Logins.from(vault, showing(chain), Optional.empty(), "auth/cert/login", "{}");
    }

    private X509Certificate client(String subject) {
        return authority.issue(Issuer.Says.client(subject), now);
    }

    @Test
    void whomATrustedAuthorityNamesComesIn() {
        X509Certificate ann = client("CN=Ann,OU=dev");
        Auth auth = Logins.in(login(ann));
        assertThat(auth.tokenPolicies()).containsExactly("default", "web");
        assertThat(auth.metadata().orElseThrow())
                .containsEntry("cert_name", "web")
                .containsEntry("common_name", "Ann")
                .containsEntry("serial_number", ann.getSerialNumber().toString())
                .containsEntry("authority_key_id", "");
        assertThat(auth.metadata().orElseThrow().get("subject_key_id")).matches("([0-9a-f]{2}:){19}[0-9a-f]{2}");
        String told = TestVault.text(
                Logins.as(vault, auth.credential().orElseThrow(), Operation.READ, "auth/token/lookup-self", ""));
        assertThat(told).contains("\"display_name\":\"cert-web\"");
    }

    @Test
    void nobodyElseComesIn() {
        Issuer other = Issuer.authority("Ours", now);
        assertThat(login()).isEqualTo(new Response.Invalid("invalid certificate or no client certificate supplied"));
        assertThat(login(other.issue(Issuer.Says.client("CN=Ann"), now))).isEqualTo(NO_CHAIN);
        assertThat(login(other.issue(Issuer.Says.client("CN=Ann"), now), authority.certificate()))
                .isEqualTo(NO_CHAIN);
        assertThat(login(authority.issue(Issuer.Says.client("CN=Ann").until(Duration.ofDays(-1)), now)))
                .isEqualTo(NO_CHAIN);
        assertThat(login(authority.issue(Issuer.Says.client("CN=Ann").use(KeyPurposeId.id_kp_serverAuth), now)))
                .isEqualTo(NO_CHAIN);
        KeyPair pair = Issuer.pair();
        X509Certificate ann = authority.issue(Issuer.Says.client("CN=Ann"), pair, now);
        Issuer pretender = new Issuer(ann, pair.getPrivate());
        assertThat(login(pretender.issue(Issuer.Says.client("CN=Root"), now), ann))
                .isEqualTo(NO_CHAIN);
        Logins.in(login(ann));
    }

    @Test
    void anAuthorityInBetweenIsShownByTheClient() {
        KeyPair pair = Issuer.pair();
        X509Certificate between = authority.issue(
                new Issuer.Says(
                        "CN=Between", true, KeyPurposeId.anyExtendedKeyUsage, Duration.ofDays(-1), Duration.ofDays(1)),
                pair,
                now);
        X509Certificate ann = new Issuer(between, pair.getPrivate()).issue(Issuer.Says.client("CN=Ann"), now);
        Logins.in(login(ann, between));
        assertThat(login(ann)).isEqualTo(NO_CHAIN);
        vault.write("auth/cert/crls/ours", "{\"crl\":\"" + authority.revoke(now, between) + "\"}");
        assertThat(login(ann, between)).isEqualTo(NO_CHAIN);
    }

    @Test
    void aSingleCertificateTrustsItselfAndNoOtherWithItsKey() {
        vault.delete("auth/cert/certs/web");
        Issuer elsewhere = Issuer.authority("Elsewhere", now);
        KeyPair pair = Issuer.pair();
        X509Certificate ann = elsewhere.issue(Issuer.Says.client("CN=Ann"), pair, now);
        role("single", ann, "{}");
        Logins.in(login(ann));
        assertThat(login(elsewhere.issue(Issuer.Says.client("CN=Root"), pair, now)))
                .isEqualTo(NO_CHAIN);
        Issuer own = new Issuer(ann, pair.getPrivate());
        assertThat(login(own.issue(Issuer.Says.client("CN=Root"), pair, now))).isEqualTo(NO_CHAIN);
        vault.time().pass(Duration.ofDays(2));
        assertThat(login(ann)).isEqualTo(NO_CHAIN);
    }

    @Test
    void whatIsRevokedIsRevokedOfItsAuthorityAlone() {
        X509Certificate ann = client("CN=Ann");
        X509Certificate bob = client("CN=Bob");
        Credential token = Logins.token(login(ann));
        Issuer other = Issuer.authority("Other", now);
        assertThat(vault.write("auth/cert/crls/other", "{\"crl\":\"" + other.revoke(now, ann) + "\"}"))
                .isEqualTo(Response.NO_CONTENT);
        Logins.in(login(ann));
        assertThat(vault.write("auth/cert/crls/ours", "{\"crl\":\"" + authority.revoke(now, ann) + "\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(login(ann)).isEqualTo(NO_CHAIN);
        Logins.in(login(bob));
        assertThat(renew(token, ann)).isInstanceOf(Response.Failed.class);
        vault = vault.restart().unseal();
        assertThat(login(ann)).as("the first that is asked after a start").isEqualTo(NO_CHAIN);
        assertThat(TestVault.text(vault.read("auth/cert/crls/ours")))
                .isEqualTo("{\"serials\":{\"" + ann.getSerialNumber().toString(16) + "\":{}}}");
        vault.delete("auth/cert/crls/ours");
        Logins.in(renew(token, ann));
    }

    private Response renew(Credential token, X509Certificate... chain) {
        return Logins.from(vault, showing(chain), Optional.of(token), "auth/token/renew-self", "{}");
    }

    @Test
    void onlyWhoShowsTheCertificateOfTheLoginStays() {
        X509Certificate ann = client("CN=Ann");
        Credential token = Logins.token(login(ann));
        Logins.in(renew(token, ann));
        assertThat(renew(token)).isInstanceOf(Response.Failed.class);
        assertThat(renew(token, client("CN=Ann"))).isInstanceOf(Response.Failed.class);
        role("web", Issuer.authority("Other", now).certificate(), "{}");
        assertThat(renew(token, ann)).isInstanceOf(Response.Failed.class);
    }

    @Test
    void aCertificateSaysWhatItsRoleWants() {
        X509Certificate ann = client("CN=Ann,OU=dev,OU=ops");
        for (Map.Entry<String, List<String>> wanted : Map.of(
                        "allowed_common_names", List.of("An*", "Bob,*x"),
                        "allowed_dns_sans", List.of("*.example", "example"),
                        "allowed_email_sans", List.of("ann@*", "bob@*"),
                        "allowed_uri_sans", List.of("spiffe://x/*", "spiffe://y/*"),
                        "allowed_names", List.of("x,a.example", "spiffe://x/ann"),
                        "allowed_organizational_units", List.of("ops", "op"),
                        "required_extensions", List.of(Issuer.OID + ":blue*", Issuer.OID + ":red*"))
                .entrySet()) {
            role(
                    "web",
                    authority.certificate(),
                    "{\"" + wanted.getKey() + "\":\"" + wanted.getValue().getFirst() + "\"}");
            Logins.in(login(ann));
            role(
                    "web",
                    authority.certificate(),
                    "{\"" + wanted.getKey() + "\":\"" + wanted.getValue().getLast() + "\"}");
            assertThat(login(ann)).as(wanted.getKey()).isEqualTo(NO_CHAIN);
            role("web", authority.certificate(), "{\"" + wanted.getKey() + "\":[]}");
        }
        role("web", authority.certificate(), "{\"allowed_metadata_extensions\":\"" + Issuer.OID + "\"}");
        assertThat(Logins.in(login(ann)).metadata().orElseThrow()).containsEntry("1-2-3-4-5", "blue team");
    }

    @Test
    void aNamedRoleIsTheOnlyOneThatIsTried() {
        role("other", Issuer.authority("Other", now).certificate(), "{}");
        X509Certificate ann = client("CN=Ann");
        assertThat(Logins.from(vault, showing(ann), Optional.empty(), "auth/cert/login", "{\"name\":\"other\"}"))
                .isEqualTo(NO_CHAIN);
        Logins.in(Logins.from(vault, showing(ann), Optional.empty(), "auth/cert/login", "{\"name\":\"WEB\"}"));
        for (String bad : List.of(
                "{}",
                "{\"certificate\":\"x\"}",
                "{\"certificate\":\"" + Issuer.pem(ann) + "\",\"ocsp_enabled\":true}")) {
            assertThat(vault.write("auth/cert/certs/bad", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        assertThat(vault.write("auth/cert/crls/bad", "{\"crl\":\"x\"}")).isInstanceOf(Response.Invalid.class);
    }
}
