// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.cubbyhole;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;

/// @param data the object that was written
record CubbyholeRecord(Json data) {
    private static final int FORM = 1;

    static CubbyholeRecord read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        CubbyholeRecord read = new CubbyholeRecord(stored.raw("data"));
        stored.end();
        return read;
    }

    /// The object as a tree.
    Json.Obj object() {
        if (data instanceof Json.Raw raw
                && JsonText.STORED.parse(raw.utf8(), raw.from(), raw.length()) instanceof Json.Obj object) {
            return object;
        }
        throw new IllegalStateException("a cubbyhole holds objects");
    }

    Plaintext write() {
        return new Plaintext(
                JsonText.write(Json.object().put("v", FORM).put("data", data).build()));
    }
}
