// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/// An authority that lives as long as this object, and the TLS certificates that it signs: for trying things out,
/// where whoever connects is told to trust it. Its key is never written down.
public final class TlsAuthority {
    /// A development server is not run for longer.
    public static final Duration VALIDITY = Duration.ofDays(365);

    /// Clients whose clock is a little behind take it too.
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127;
    private static final int COLUMNS = 64;

    private final Instant now;
    private final SecureRandom random;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /// @param name of the authority, as clients show it
    public TlsAuthority(String name, Instant now, SecureRandom random) {
        this.now = now;
        this.random = random;
        this.keys = pair();
        X500Principal principal = new X500Principal("CN=" + name);
        try {
            var builder = builder(principal, principal, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            this.certificate = sign(builder);
        } catch (IOException | GeneralSecurityException | OperatorCreationException missing) {
            throw impossible(missing);
        }
    }

    /// What a client is to trust, in PEM.
    public String certificate() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw impossible(impossible);
        }
    }

    /// What a listener shows, and the key to it, both in PEM.
    public record Issued(String certificate, byte[] key) {}

    /// For a server that is reached under these names and IP addresses, the first of which it is called by.
    ///
    /// @throws IllegalArgumentException if there is none
    public Issued issue(List<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a certificate is for at least one host");
        }
        KeyPair own = pair();
        try {
            var builder =
                    builder(certificate.getSubjectX500Principal(), new X500Principal("CN=" + hosts.getFirst()), own);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic()));
            String shown = pem("CERTIFICATE", sign(builder).getEncoded());
            return new Issued(
                    shown, pem("PRIVATE KEY", own.getPrivate().getEncoded()).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | GeneralSecurityException | OperatorCreationException missing) {
            throw impossible(missing);
        }
    }

    private static GeneralNames names(List<String> hosts) {
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            names.add(new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private JcaX509v3CertificateBuilder builder(X500Principal issuer, X500Principal subject, KeyPair own)
            throws IOException, GeneralSecurityException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(VALIDITY)),
                subject,
                own.getPublic());
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(own.getPublic()));
        return builder;
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder)
            throws GeneralSecurityException, OperatorCreationException {
        var signer =
                new JcaContentSignerBuilder(SIGNATURE).setSecureRandom(random).build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw impossible(missing);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static IllegalStateException impossible(Exception missing) {
        return new IllegalStateException("this Java runtime has no P-256 with " + SIGNATURE, missing);
    }
}
