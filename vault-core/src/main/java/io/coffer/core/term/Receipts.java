// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import java.util.Optional;

/// The receipts of this vault, each as it was signed, by its name. They are kept for ever.
public final class Receipts {
    public static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("receipts");

    private Receipts() {}

    public static Optional<Json> find(BarrierReader reader, String id) {
        return reader.get(RECORDS.key(id)).map(value -> new Json.Raw(value.bytes()));
    }

    static boolean any(BarrierReader reader) {
        return !reader.scan(RECORDS, "", 1).items().isEmpty();
    }

    static void put(BarrierWriter writer, String id, Json.Obj receipt) {
        writer.put(RECORDS.key(id), new Plaintext(JsonText.write(receipt)));
    }
}
