// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TlsAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final TlsAuthority authority = authority();

    private static TlsAuthority authority() {
        return new TlsAuthority("Coffer development", NOW, new SecureRandom());
    }

    private static X509Certificate read(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void validate(X509Certificate shown, X509Certificate trusted, Instant when)
            throws GeneralSecurityException {
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(trusted, null)));
        trust.setRevocationEnabled(false);
        trust.setDate(Date.from(when));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(shown));
        CertPathValidator.getInstance("PKIX").validate(path, trust);
    }

    @Test
    void whoTrustsTheAuthorityTrustsWhatItSignsForAsLongAsItIsValid() throws Exception {
        X509Certificate shown = read(authority.issue(List.of("localhost")).certificate());
        X509Certificate trusted = read(authority.certificate());
        for (Instant when : List.of(NOW.minusSeconds(200), NOW, NOW.plus(TlsAuthority.VALIDITY))) {
            validate(shown, trusted, when);
        }
        for (Instant when :
                List.of(NOW.minusSeconds(400), NOW.plus(TlsAuthority.VALIDITY).plusSeconds(1))) {
            assertThatThrownBy(() -> validate(shown, trusted, when)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void anotherAuthorityOfTheSameNameHasNotSignedIt() throws Exception {
        X509Certificate shown = read(authority.issue(List.of("localhost")).certificate());
        X509Certificate other = read(authority().certificate());
        assertThatThrownBy(() -> shown.verify(other.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @Test
    void whatItSignsIsNoAuthority() throws Exception {
        X509Certificate shown = read(authority.issue(List.of("localhost")).certificate());
        assertThat(shown.getBasicConstraints()).isEqualTo(-1);
        assertThat(read(authority.certificate()).getBasicConstraints()).isZero();
    }

    @Test
    void namesAndAddressesAreToldApart() throws Exception {
        X509Certificate shown = read(authority
                .issue(List.of("localhost", "127.0.0.1", "::1", "1.example"))
                .certificate());
        assertThat(shown.getSubjectAlternativeNames())
                .extracting(name -> name.get(0) + " " + name.get(1))
                .containsExactly("2 localhost", "7 127.0.0.1", "7 0:0:0:0:0:0:0:1", "2 1.example");
        assertThatThrownBy(() -> authority.issue(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
