// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whose certificates let in, and what tokens that leads to.
///
/// @param certificate in PEM: authorities, or single certificates that trust themselves alone
/// @param displayName what its tokens are called
/// @param wanted what a certificate must say, by the names of {@link #LISTS}; each list that is not empty must fit
record CertRole(
        String name, String certificate, String displayName, Map<String, List<String>> wanted, TokenRules rules) {
    static final List<String> LISTS = List.of(
            "allowed_common_names",
            "allowed_dns_sans",
            "allowed_email_sans",
            "allowed_uri_sans",
            "allowed_names",
            "allowed_organizational_units",
            "required_extensions",
            "allowed_metadata_extensions");

    private static final int FORM = 1;
    private static final int MOST = 100;

    CertRole {
        wanted = Map.copyOf(wanted);
    }

    static CertRole fresh(String name) {
        return new CertRole(name, "", name, Map.of(), TokenRules.NONE);
    }

    List<X509Certificate> trusted() {
        return PublicKeys.certificates(certificate);
    }

    List<String> list(String of) {
        return wanted.getOrDefault(of, List.of());
    }

    static Optional<CertRole> find(Reader<Plaintext> reader, Folder mount, String name) {
        StorageKey key = folder(mount).key(name);
        return reader.get(key).map(value -> read(key, value));
    }

    /// Those that are tried where a login names none.
    static List<CertRole> all(Reader<Plaintext> reader, Folder mount) {
        Folder folder = folder(mount);
        return reader.scan(folder, "", MOST).items().stream()
                .flatMap(key -> find(reader, mount, folder.relative(key)).stream())
                .toList();
    }

    static Folder folder(Folder mount) {
        return mount.folder("cert");
    }

    void save(Writer<Plaintext> writer, Folder mount) {
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("name", name)
                .put("certificate", certificate)
                .put("display_name", displayName);
        LISTS.forEach(list -> record.put(list, Json.of(list(list))));
        writer.put(
                folder(mount).key(name),
                new Plaintext(JsonText.write(rules.write(record).build())));
    }

    Json.Obj describe() {
        Json.Builder data = Json.object().put("certificate", certificate).put("display_name", displayName);
        LISTS.forEach(list -> data.put(list, Json.of(list(list))));
        return rules.describe(data).build();
    }

    private static CertRole read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        String name = stored.text("name");
        String certificate = stored.text("certificate");
        String displayName = stored.text("display_name");
        Map<String, List<String>> wanted = new TreeMap<>();
        LISTS.forEach(list -> wanted.put(list, stored.texts(list)));
        CertRole role = new CertRole(name, certificate, displayName, wanted, TokenRules.read(stored));
        stored.end();
        return role;
    }
}
