// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The encrypted shares of the last rekey that asked for a backup, kept inside the barrier.
///
/// @param nonce of that rekey
/// @param shares in the order of their index
public record ShareBackup(String nonce, List<Kept> shares) {
    /// Where it lies.
    public static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "rekey/backup");

    private static final int FORM = 1;

    /// An encrypted share.
    ///
    /// @param message in base64
    public record Kept(String fingerprint, String message) {}

    public ShareBackup {
        shares = List.copyOf(shares);
    }

    static ShareBackup of(String nonce, List<String> fingerprints, List<Secret> messages) {
        List<Kept> shares = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            String base64 = messages.get(i).use(Base64.getEncoder()::encodeToString);
            shares.add(new Kept(fingerprints.get(i), base64));
        }
        return new ShareBackup(nonce, shares);
    }

    /// The backup, if there is one.
    public static Optional<ShareBackup> read(Reader<Plaintext> reader) {
        return reader.get(KEY).map(value -> read(KEY, value));
    }

    static ShareBackup read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        String nonce = stored.text("nonce");
        List<String> fingerprints = stored.texts("fingerprints");
        List<String> messages = stored.texts("messages");
        stored.end();
        if (fingerprints.size() != messages.size()) {
            throw new CorruptedException("record " + key + " has another number of messages than of keys");
        }
        List<Kept> shares = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            shares.add(new Kept(fingerprints.get(i), messages.get(i)));
        }
        return new ShareBackup(nonce, shares);
    }

    Plaintext write() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("nonce", nonce)
                .put(
                        "fingerprints",
                        Json.of(shares.stream().map(Kept::fingerprint).toList()))
                .put("messages", Json.of(shares.stream().map(Kept::message).toList()))
                .build()));
    }
}
