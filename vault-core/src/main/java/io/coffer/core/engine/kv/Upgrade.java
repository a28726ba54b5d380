// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves the values of version 1 of one mount to version 2, where each becomes version 1 of its secret. How
/// far it came stands in the mount, so a step can follow on any other after a kill or a seal; the mount
/// serves again with the last.
final class Upgrade {
    /// The most secrets and bytes that one step moves; a single value may be larger.
    static final int SECRETS = 500;

    static final long BYTES = 4L << 20;

    private final Layout layout;

    Upgrade(Folder mount) {
        this.layout = new Layout(mount);
    }

    /// @param more whether another step is needed
    /// @param skipped what could not be opened, and stays where it is
    record Progress(boolean more, List<StorageKey> skipped) {
        static final Progress NOTHING = new Progress(false, List.of());
    }

    boolean pending(Reader<Plaintext> reader) {
        return reader.get(layout.upgrade()).isPresent();
    }

    /// Moves some secrets in the transaction of this writer.
    Progress step(Writer<Plaintext> writer, Instant now) {
        StorageKey marker = layout.upgrade();
        Optional<UpgradeRecord> record = writer.get(marker).map(value -> UpgradeRecord.read(marker, value));
        if (record.isEmpty()) {
            return Progress.NOTHING;
        }
        var page = writer.scan(layout.unversioned(), record.get().after(), SECRETS);
        SecretChanges changes = SecretChanges.of(writer, layout);
        List<StorageKey> skipped = new ArrayList<>();
        long bytes = 0;
        int moved = 0;
        while (moved < page.items().size() && bytes < BYTES) {
            bytes += move(page.items().get(moved), changes, now, skipped);
            moved++;
        }
        boolean more = page.more() || moved < page.items().size();
        if (more) {
            String after = layout.unversioned().relative(page.items().get(moved - 1));
            writer.put(marker, new UpgradeRecord(after).write());
        } else {
            writer.delete(marker);
        }
        return new Progress(more, skipped);
    }

    private long move(StorageKey key, SecretChanges changes, Instant now, List<StorageKey> skipped) {
        try {
            Plaintext value = changes.writer().get(key).orElseThrow();
            UnversionedRecord old = UnversionedRecord.read(key, value);
            String path = layout.unversioned().relative(key);
            KeyMetadata metadata =
                    changes.store().metadata(path).orElseGet(() -> KeyMetadata.fresh(Timestamps.format(now)));
            changes.add(path, metadata, old.data(), now);
            changes.writer().delete(key);
            return value.bytes().length;
        } catch (AuthenticationFailedException | CorruptedException bent) {
            skipped.add(key);
            return 0;
        }
    }
}
