// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;

/// Says that a mount holds values of version 1. While the mount is of version 2, they are being moved.
///
/// @param after the last path that was moved; empty if none was
record UpgradeRecord(String after) {
    static final UpgradeRecord START = new UpgradeRecord("");

    private static final int FORM = 1;

    static UpgradeRecord read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        UpgradeRecord read = new UpgradeRecord(stored.text("after"));
        stored.end();
        return read;
    }

    Plaintext write() {
        return new Plaintext(
                JsonText.write(Json.object().put("v", FORM).put("after", after).build()));
    }
}
