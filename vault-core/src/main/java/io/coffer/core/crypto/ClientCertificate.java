// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/// The certificate that a client has shown, with those that it sent along. That it holds the key was proved by the
/// handshake; what the certificate says is worth nothing before a {@link #path} to somebody trusted is found.
public final class ClientCertificate {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";

    /// The kinds of names of RFC 5280.
    public enum Name {
        EMAIL(1),
        DNS(2),
        URI(6);

        private final int tag;

        Name(int tag) {
            this.tag = tag;
        }
    }

    private final X509Certificate leaf;
    private final List<X509Certificate> along;

    private ClientCertificate(X509Certificate leaf, List<X509Certificate> along) {
        this.leaf = leaf;
        this.along = along;
    }

    /// @param chain as the client sent it, its own first
    public static Optional<ClientCertificate> of(List<X509Certificate> chain) {
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClientCertificate(chain.getFirst(), List.copyOf(chain.subList(1, chain.size()))));
    }

    /// The certificates from the client's own to that of somebody who is trusted, who stands last; empty if there is
    /// no way, or if one of them is not good at this moment.
    ///
    /// A trusted certificate that is no authority trusts itself alone: byte for byte, so nobody can show
    /// another one with the same key and other names.
    public Optional<List<X509Certificate>> path(List<X509Certificate> trusted, Instant now) {
        if (!mayAuthenticate()) {
            return Optional.empty();
        }
        if (trusted.contains(leaf)) {
            return isValid(now) ? Optional.of(List.of(leaf)) : Optional.empty();
        }
        List<X509Certificate> authorities =
                trusted.stream().filter(each -> each.getBasicConstraints() >= 0).toList();
        return authorities.isEmpty() ? Optional.empty() : built(authorities, now);
    }

    private Optional<List<X509Certificate>> built(List<X509Certificate> authorities, Instant now) {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    authorities.stream()
                            .map(each -> new TrustAnchor(each, null))
                            .collect(Collectors.toSet()),
                    target);
            Collection<X509Certificate> known = new ArrayList<>(along);
            known.add(leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            PKIXCertPathBuilderResult found = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            X509Certificate anchor = found.getTrustAnchor().getTrustedCert();
            anchor.checkValidity(Date.from(now));
            return Optional.of(Stream.concat(
                            found.getCertPath().getCertificates().stream().map(X509Certificate.class::cast),
                            Stream.of(anchor))
                    .toList());
        } catch (GeneralSecurityException none) {
            return Optional.empty();
        }
    }

    private boolean isValid(Instant now) {
        try {
            leaf.checkValidity(Date.from(now));
            return true;
        } catch (GeneralSecurityException over) {
            return false;
        }
    }

    private boolean mayAuthenticate() {
        try {
            List<String> uses = leaf.getExtendedKeyUsage();
            return uses == null || uses.contains(CLIENT_AUTH) || uses.contains(ANY_USE);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    /// The one common name; empty if it has none, or several.
    public String commonName() {
        List<String> names = subject(BCStyle.CN);
        return names.size() == 1 ? names.getFirst() : "";
    }

    public List<String> organizationalUnits() {
        return subject(BCStyle.OU);
    }

    private List<String> subject(ASN1ObjectIdentifier type) {
        X500Name name = X500Name.getInstance(leaf.getSubjectX500Principal().getEncoded());
        return Arrays.stream(name.getRDNs(type))
                .flatMap(part -> Arrays.stream(part.getTypesAndValues()))
                .filter(each -> each.getType().equals(type))
                .map(each -> each.getValue() instanceof ASN1String text ? text.getString() : "")
                .toList();
    }

    /// The names of one kind beside the subject.
    public List<String> names(Name kind) {
        try {
            Collection<List<?>> all = leaf.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name -> name.getFirst().equals(kind.tag))
                            .map(name -> String.valueOf(name.getLast()))
                            .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }

    /// Names this very certificate: SHA-256 of all of it, in hex.
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(Digest.SHA2_256.of(leaf.getEncoded()));
        } catch (CertificateEncodingException malformed) {
            throw new IllegalStateException("a certificate that was read has no form", malformed);
        }
    }

    public BigInteger serial() {
        return leaf.getSerialNumber();
    }

    /// In hex with a ':' between bytes; empty if it has none.
    public String subjectKeyId() {
        return inner(SUBJECT_KEY)
                .map(SubjectKeyIdentifier::getInstance)
                .map(id -> hex(id.getKeyIdentifier()))
                .orElse("");
    }

    /// In hex with a ':' between bytes; empty if it has none.
    public String authorityKeyId() {
        return inner(AUTHORITY_KEY)
                .map(AuthorityKeyIdentifier::getInstance)
                .map(AuthorityKeyIdentifier::getKeyIdentifierOctets)
                .map(ClientCertificate::hex)
                .orElse("");
    }

    /// What an extension holds: its text if it is one, else its DER in hex.
    public Optional<String> extension(String oid) {
        return inner(oid).map(value -> value instanceof ASN1String text ? text.getString() : hexOf(value));
    }

    private Optional<ASN1Primitive> inner(String oid) {
        byte[] wrapped = leaf.getExtensionValue(oid);
        try {
            return wrapped == null
                    ? Optional.empty()
                    : Optional.of(ASN1Primitive.fromByteArray(
                            ASN1OctetString.getInstance(wrapped).getOctets()));
        } catch (IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String hexOf(ASN1Primitive value) {
        try {
            return HexFormat.of().formatHex(value.getEncoded());
        } catch (IOException malformed) {
            return "";
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(":").formatHex(bytes);
    }

    @Override
    public String toString() {
        return "ClientCertificate";
    }
}
