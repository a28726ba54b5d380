// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// Writes a store as text that any tool reads: a JSON line `{"family","key","value"}` for each record, key
/// and value in base64, ciphertext as it lies. No key is needed, and nothing becomes readable that was not.
///
/// `docs/format.md` says what the bytes mean; `scripts/decrypt-example` opens such an export from shares.
public final class StoreExport {
    private StoreExport() {}

    /// Writes one consistent snapshot; the stream stays open.
    ///
    /// @return how many records there were
    public static long write(Disk disk, OutputStream out) throws IOException {
        long records = 0;
        try (Disk.View view = disk.view()) {
            for (Family family : Family.values()) {
                String name = family.name().toLowerCase(Locale.ROOT);
                try (Disk.Cursor cursor = view.from(family, new byte[0])) {
                    for (; cursor.valid(); cursor.next()) {
                        out.write(line(name, cursor.key(), cursor.value()));
                        records++;
                    }
                }
            }
        }
        return records;
    }

    private static byte[] line(String family, byte[] key, byte[] value) {
        Base64.Encoder base64 = Base64.getEncoder();
        String line = "{\"family\":\"" + family + "\",\"key\":\"" + base64.encodeToString(key) + "\",\"value\":\""
                + base64.encodeToString(value) + "\"}\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }
}
