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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/// What an authority has revoked. It counts for that authority's certificates alone, since others have the same
/// numbers; it counts also when it is old. One that an operator handed in counts whoever signed it: his word is
/// enough. One that is fetched must be signed by its authority, which a role trusts.
///
/// @param issuer the hash of the authority's name
/// @param serials in hex
/// @param source where it is fetched
record RevocationList(String issuer, List<String> serials, Source source) {
    /// After this time a list is fetched again, whatever it says of its end.
    static final Duration FRESH = Duration.ofHours(1);

    /// A list that is over is fetched again at most this often, however many log in.
    static final Duration AT_MOST = Duration.ofSeconds(10);

    private static final int FORM = 1;

    /// @param url empty for a list that was handed in
    /// @param made when the authority made it
    /// @param next when it makes another one
    /// @param tried when it was last asked for
    record Source(String url, Instant made, Instant next, Instant tried) {
        static final Source HANDED_IN = new Source("", Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

        /// Whether it is time to ask for a newer one.
        boolean isDue(Instant now) {
            boolean over = !now.isBefore(next) && !now.isBefore(tried.plus(AT_MOST));
            return !url.isEmpty() && (over || !now.isBefore(tried.plus(FRESH)));
        }

        Source triedAt(Instant now) {
            return new Source(url, made, next, now);
        }
    }

    private static final int CRL_SIGN = 6;

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
            return parsed(encoded).map(list -> of(list, Source.HANDED_IN));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// A list as it was fetched, in PEM or DER; empty if it is none, or none of these authorities has signed it.
    static Optional<RevocationList> fetched(byte[] body, String url, List<X509Certificate> authorities, Instant now) {
        byte[] encoded = PublicKeys.blocks(new String(body, StandardCharsets.ISO_8859_1), "X509 CRL").stream()
                .findFirst()
                .orElse(body);
        return parsed(encoded)
                .filter(list -> authorities.stream().anyMatch(authority -> isSignedBy(list, authority)))
                .map(list -> of(
                        list,
                        new Source(
                                url,
                                list.getThisUpdate().toInstant(),
                                list.getNextUpdate() == null
                                        ? now.plus(FRESH)
                                        : list.getNextUpdate().toInstant(),
                                now)));
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate authority) {
        boolean[] use = authority.getKeyUsage();
        boolean may = authority.getBasicConstraints() >= 0 && (use == null || use[CRL_SIGN]);
        if (!may || !authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    private static Optional<X509CRL> parsed(byte[] encoded) {
        try {
            return Optional.of(
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded)));
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    private static RevocationList of(X509CRL list, Source source) {
        List<String> serials = list.getRevokedCertificates() == null
                ? List.of()
                : list.getRevokedCertificates().stream()
                        .map(each -> each.getSerialNumber().toString(16))
                        .sorted()
                        .toList();
        return new RevocationList(hash(list.getIssuerX500Principal()), serials, source);
    }

    /// Everything that these lists name.
    static Set<Revoked> revoked(Collection<RevocationList> lists) {
        return lists.stream()
                .flatMap(list -> list.serials().stream().map(serial -> new Revoked(list.issuer(), serial)))
                .collect(Collectors.toSet());
    }

    /// The mount's lists by their names.
    static Map<String, RevocationList> all(Reader<Plaintext> reader, Folder mount) {
        Map<String, RevocationList> all = new TreeMap<>();
        String after = "";
        Page<StorageKey> page;
        do {
            page = reader.scan(folder(mount), after, StorageLimits.DEFAULT.page());
            for (StorageKey key : page.items()) {
                after = folder(mount).relative(key);
                String name = after;
                find(reader, mount, name).ifPresent(list -> all.put(name, list));
            }
        } while (page.more());
        return all;
    }

    static Optional<RevocationList> find(Reader<Plaintext> reader, Folder mount, String name) {
        StorageKey key = folder(mount).key(name);
        return reader.get(key).map(value -> {
            StoredRecord stored = StoredRecord.open(key, value, FORM);
            RevocationList list = new RevocationList(
                    stored.text("issuer"),
                    Arrays.asList(stored.text("serials").split(" ", -1)),
                    new Source(
                            stored.optionalText("url").orElse(""),
                            moment(stored, "made"),
                            moment(stored, "next"),
                            moment(stored, "tried")));
            stored.end();
            return list;
        });
    }

    private static Instant moment(StoredRecord stored, String name) {
        return Instant.ofEpochMilli(stored.optionalNumber(name).orElse(0));
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
                        .put("url", source.url())
                        .put("made", source.made().toEpochMilli())
                        .put("next", source.next().toEpochMilli())
                        .put("tried", source.tried().toEpochMilli())
                        .build())));
    }

    Json.Obj describe() {
        Json.Builder all = Json.object();
        serials.stream().filter(serial -> !serial.isEmpty()).forEach(serial -> all.put(serial, Json.EMPTY));
        Json.Builder data = Json.object().put("serials", all.build());
        return source.url().isEmpty()
                ? data.build()
                : data.put("url", source.url()).build();
    }

    private static String hash(X500Principal name) {
        return HexFormat.of()
                .formatHex(
                        Digest.SHA2_256.of(name.getName(X500Principal.CANONICAL).getBytes(StandardCharsets.UTF_8)));
    }
}
