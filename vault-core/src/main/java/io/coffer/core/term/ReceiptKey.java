// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.SigningKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.security.SecureRandom;
import java.util.Arrays;

/// The key that signs receipts: random, derived from nothing, made when it is first needed. Stored as one
/// byte of form (1) and 32 of seed.
public final class ReceiptKey {
    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "keys/receipts");
    private static final byte FORM = 1;

    private ReceiptKey() {}

    /// The key, a new one if nothing was signed yet. It is closed when the vault seals.
    ///
    /// @throws CorruptedException if the key is damaged, or gone: another one would contradict receipts that are
    /// there
    public static SigningKey of(BarrierWriter writer, SecureRandom random) {
        if (writer.get(KEY).isEmpty() && !Receipts.any(writer)) {
            byte[] record = new byte[1 + SigningKey.BYTES];
            random.nextBytes(record);
            record[0] = FORM;
            writer.put(KEY, new Plaintext(record));
        }
        return writer.cached(KEY, () -> load(writer));
    }

    private static SigningKey load(BarrierReader reader) {
        byte[] record = reader.get(KEY)
                .orElseThrow(() -> new CorruptedException("the key that signs receipts is not there"))
                .bytes();
        if (record.length != 1 + SigningKey.BYTES || record[0] != FORM) {
            throw new CorruptedException("the key that signs receipts has a form that is not known here");
        }
        try (Secret seed = Secret.takeFrom(Arrays.copyOfRange(record, 1, record.length))) {
            return new SigningKey(seed);
        }
    }
}
