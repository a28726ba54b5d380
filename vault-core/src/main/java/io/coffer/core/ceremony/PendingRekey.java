// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.List;

/// What is remembered of a rekey whose new shares wait for their proof.
///
/// @param nonce of the rekey
/// @param all whether every new share is asked for
public record PendingRekey(String nonce, Starter starter, boolean all, boolean backup, List<String> fingerprints) {
    static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "rekey/pending");

    private static final int FORM = 1;

    public PendingRekey {
        fingerprints = List.copyOf(fingerprints);
    }

    static PendingRekey read(Reader<Plaintext> reader) {
        Plaintext value = reader.get(KEY)
                .orElseThrow(() -> new CorruptedException("the record " + KEY + " of the pending shares is not there"));
        return read(KEY, value);
    }

    static PendingRekey read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        PendingRekey read = new PendingRekey(
                stored.text("nonce"),
                starter(key, stored),
                stored.flag("all"),
                stored.flag("backup"),
                stored.texts("fingerprints"));
        stored.end();
        return read;
    }

    Plaintext write() {
        Json.Builder record = Json.object().put("v", FORM).put("nonce", nonce);
        switch (starter) {
            case Starter.ByToken(String id, String displayName) ->
                record.put("starter", "token").put("token", id).put("display_name", displayName);
            case Starter.ByShare(ShareId share) ->
                record.put("starter", "share")
                        .put("generation", share.generation())
                        .put("index", share.index());
            case Starter.Anybody(String address) ->
                record.put("starter", "anybody").put("address", address);
        }
        return new Plaintext(JsonText.write(record.put("all", all)
                .put("backup", backup)
                .put("fingerprints", Json.of(fingerprints))
                .build()));
    }

    private static Starter starter(StorageKey key, StoredRecord stored) {
        return switch (stored.text("starter")) {
            case "token" -> new Starter.ByToken(stored.text("token"), stored.text("display_name"));
            case "share" ->
                new Starter.ByShare(new ShareId(
                        Math.toIntExact(stored.number("generation")), Math.toIntExact(stored.number("index"))));
            case "anybody" -> new Starter.Anybody(stored.text("address"));
            default -> throw new CorruptedException("record " + key + " has no proper member starter");
        };
    }
}
