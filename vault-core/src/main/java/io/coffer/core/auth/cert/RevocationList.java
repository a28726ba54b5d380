// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.Digest;
import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StorageLimits;
import io.coffer.core.storage.Writer;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// What an authority has revoked, as an operator handed it in. It counts for that authority's certificates
/// alone, since others have the same numbers; it counts also when it is old, and whoever signed it: the
/// operator's word is enough.
///
/// @param issuer the hash of the authority's name
/// @param serials in hex
record RevocationList(String issuer, List<String> serials) {
    private static final int FORM = 1;

    RevocationList {
        serials = List.copyOf(serials);
    }

    /// A certificate that is revoked.
    record Revoked(String issuer, String serial) {
        static Revoked of(X500Principal issuer, BigInteger serial) {
            return new Revoked(hash(issuer), serial.toString(16));
        }
    }

    /// A list in PEM, or its DER in base64; empty if it is none.
    static Optional<RevocationList> parse(String text) {
        try {
            byte[] encoded = PublicKeys.blocks(text, "X509 CRL").stream()
                    .findFirst()
                    .orElseGet(() -> Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)));
            X509CRL list =
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded));
            List<String> serials = list.getRevokedCertificates() == null
                    ? List.of()
                    : list.getRevokedCertificates().stream()
                            .map(each -> each.getSerialNumber().toString(16))
                            .sorted()
                            .toList();
            return Optional.of(new RevocationList(hash(list.getIssuerX500Principal()), serials));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// Everything that the mount's lists name.
    static Set<Revoked> all(Reader<Plaintext> reader, Folder mount) {
        Set<Revoked> all = new HashSet<>();
        String after = "";
        Page<StorageKey> page;
        do {
            page = reader.scan(folder(mount), after, StorageLimits.DEFAULT.page());
            for (StorageKey key : page.items()) {
                after = folder(mount).relative(key);
                find(reader, mount, after).ifPresent(list -> list.serials()
                        .forEach(serial -> all.add(new Revoked(list.issuer(), serial))));
            }
        } while (page.more());
        return all;
    }

    static Optional<RevocationList> find(Reader<Plaintext> reader, Folder mount, String name) {
        StorageKey key = folder(mount).key(name);
        return reader.get(key).map(value -> {
            StoredRecord stored = StoredRecord.open(key, value, FORM);
            RevocationList list = new RevocationList(
                    stored.text("issuer"), Arrays.asList(stored.text("serials").split(" ", -1)));
            stored.end();
            return list;
        });
    }

    static Folder folder(Folder mount) {
        return mount.folder("crl");
    }

    void save(Writer<Plaintext> writer, Folder mount, String name) {
        writer.put(
                folder(mount).key(name),
                new Plaintext(JsonText.write(Json.object()
                        .put("v", FORM)
                        .put("issuer", issuer)
                        .put("serials", String.join(" ", serials))
                        .build())));
    }

    Json.Obj describe() {
        Json.Builder all = Json.object();
        serials.stream().filter(serial -> !serial.isEmpty()).forEach(serial -> all.put(serial, Json.EMPTY));
        return Json.object().put("serials", all.build()).build();
    }

    private static String hash(X500Principal name) {
        return HexFormat.of()
                .formatHex(
                        Digest.SHA2_256.of(name.getName(X500Principal.CANONICAL).getBytes(StandardCharsets.UTF_8)));
    }
}
