// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.ClientCertificate;
import io.coffer.core.crypto.ClientCertificate.Name;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a certificate lets in by a role.
record Fit(CertRole role, ClientCertificate client) {
    /// @param revoked what was revoked, by issuer and serial number
    boolean holds(Set<RevocationList.Revoked> revoked, Instant now) {
        return client.path(role.trusted(), now)
                        .filter(path -> path.stream().map(Fit::named).noneMatch(revoked::contains))
                        .isPresent()
                && says();
    }

    private static RevocationList.Revoked named(X509Certificate certificate) {
        return RevocationList.Revoked.of(certificate.getIssuerX500Principal(), certificate.getSerialNumber());
    }

    private boolean says() {
        List<String> commonName = List.of(client.commonName());
        List<String> dns = client.names(Name.DNS);
        List<String> email = client.names(Name.EMAIL);
        List<String> any =
                Stream.of(commonName, dns, email).flatMap(List::stream).toList();
        return fits("allowed_common_names", commonName)
                && fits("allowed_dns_sans", dns)
                && fits("allowed_email_sans", email)
                && fits("allowed_uri_sans", client.names(Name.URI))
                && fits("allowed_names", any)
                && fits("allowed_organizational_units", client.organizationalUnits())
                && role.list("required_extensions").stream().allMatch(this::hasExtension);
    }

    private boolean fits(String list, List<String> has) {
        List<String> globs = role.list(list);
        return globs.isEmpty() || has.stream().anyMatch(name -> globs.stream().anyMatch(glob -> matches(glob, name)));
    }

    /// `OID:VALUE`, of which the value may be a glob; `hex:OID:VALUE` for the DER of what is no text.
    private boolean hasExtension(String wanted) {
        String plain = wanted.startsWith("hex:") ? wanted.substring("hex:".length()) : wanted;
        int colon = plain.indexOf(':');
        return colon > 0
                && isOid(plain.substring(0, colon))
                && client.extension(plain.substring(0, colon))
                        .filter(value -> matches(plain.substring(colon + 1), value))
                        .isPresent();
    }

    static boolean isOid(String text) {
        return text.matches("[0-2](\\.\\d{1,10}){1,20}");
    }

    static boolean matches(String glob, String text) {
        String pattern =
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
    }

    /// What tokens say of it.
    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        role.list("allowed_metadata_extensions").stream().filter(Fit::isOid).forEach(oid -> client.extension(oid)
                .ifPresent(value -> metadata.put(oid.replace('.', '-'), value)));
        metadata.put("cert_name", role.name());
        metadata.put("common_name", client.commonName());
        metadata.put("serial_number", client.serial().toString());
        metadata.put("subject_key_id", client.subjectKeyId());
        metadata.put("authority_key_id", client.authorityKeyId());
        return metadata;
    }
}
