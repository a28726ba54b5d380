// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;

/// Whose a name is.
record Pointer(String id) {
    private static final int FORM = 1;

    static Pointer of(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Pointer read = new Pointer(stored.text("id"));
        stored.end();
        return read;
    }

    Plaintext record() {
        return new Plaintext(
                JsonText.write(Json.object().put("v", FORM).put("id", id).build()));
    }
}
