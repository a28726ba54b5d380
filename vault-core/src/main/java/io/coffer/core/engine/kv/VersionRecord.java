// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;

/// The value of one version of a secret; all that is known of it stands in the [KeyMetadata].
///
/// @param data an object
record VersionRecord(Json data) {
    private static final int FORM = 1;

    static VersionRecord read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        VersionRecord read = new VersionRecord(stored.raw("data"));
        stored.end();
        return read;
    }

    /// The data as a tree, for those who must look into it.
    static Json.Obj readTree(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Json.Obj data = stored.object("data");
        stored.end();
        return data;
    }

    Plaintext write() {
        return new Plaintext(
                JsonText.write(Json.object().put("v", FORM).put("data", data).build()));
    }
}
