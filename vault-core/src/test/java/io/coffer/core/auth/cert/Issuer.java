// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Issues certificates, as an authority or for itself.
public record Issuer(X509Certificate certificate, PrivateKey key) {
    public static final String OID = "1.2.3.4.5";

    /// What a certificate says.
    ///
    /// @param use an extended use of its key; `client` is what logins need
    public record Says(String subject, boolean authority, KeyPurposeId use, Duration from, Duration until) {
        public static Says client(String subject) {
            return new Says(subject, false, KeyPurposeId.id_kp_clientAuth, Duration.ofDays(-1), Duration.ofDays(1));
        }

        Says until(Duration end) {
            return new Says(subject, authority, use, Duration.ofDays(-2), end);
        }

        Says use(KeyPurposeId other) {
            return new Says(subject, authority, other, from, until);
        }
    }

    public static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static Issuer authority(String name, Instant now) {
        KeyPair pair = pair();
        Says says =
                new Says("CN=" + name, true, KeyPurposeId.anyExtendedKeyUsage, Duration.ofDays(-9), Duration.ofDays(9));
        return new Issuer(made(says, pair, says.subject(), pair.getPrivate(), now), pair.getPrivate());
    }

    X509Certificate issue(Says says, Instant now) {
        return issue(says, pair(), now);
    }

    public X509Certificate issue(Says says, KeyPair pair, Instant now) {
        return made(says, pair, certificate.getSubjectX500Principal().getName(), key, now);
    }

    /// A revocation list of this authority, in PEM as it stands in a JSON text.
    public String revoke(Instant now, X509Certificate... certificates) {
        return pem("X509 CRL", list(now, now.plus(Duration.ofDays(1)), certificates));
    }

    /// A revocation list of this authority, as it is published.
    public byte[] list(Instant now, Instant next, X509Certificate... certificates) {
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(
                    new X500Name(certificate.getSubjectX500Principal().getName()), Date.from(now));
            list.setNextUpdate(Date.from(next));
            for (X509Certificate each : certificates) {
                list.addCRLEntry(each.getSerialNumber(), Date.from(now), 0);
            }
            return list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                    .getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// As it stands in a JSON text.
    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\\n" + Base64.getEncoder().encodeToString(der) + "\\n-----END " + label
                + "-----\\n";
    }

    private static X509Certificate made(Says says, KeyPair pair, String issuer, PrivateKey signing, Instant now) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.plus(says.from())),
                    Date.from(now.plus(says.until())),
                    new X500Name(says.subject()),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(says.authority()));
            if (!says.authority()) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(says.use()));
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "a.example"),
                    new GeneralName(GeneralName.rfc822Name, "ann@example"),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://x/ann")
                }));
                builder.addExtension(new ASN1ObjectIdentifier(OID), false, new DERUTF8String("blue team"));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
