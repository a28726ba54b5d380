// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.seal.EncryptedShare;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Encrypted shares that wait for their holders, outside the barrier: they can be fetched again, also while
/// the vault is sealed, until the holder's share or somebody with a token says that he has it.
public final class Delivery {
    private final Storage<Ciphertext> storage;

    public Delivery(Storage<Ciphertext> storage) {
        this.storage = storage;
    }

    /// What waits, by generation and index.
    ///
    /// @param record the store as it is now
    public List<EncryptedShare> waiting(SealRecord record) {
        return storage.read(reader -> {
            List<EncryptedShare> all = new ArrayList<>();
            for (Generation set : record.sets()) {
                Folder folder = EncryptedShare.folder(set.number());
                reader.list(folder, "", SealConfig.MAX_SHARES).items().forEach(index -> reader.get(folder.key(index))
                        .map(EncryptedShare::decode)
                        .ifPresent(all::add));
            }
            all.sort((one, other) -> order(one.share(), other.share()));
            return all;
        });
    }

    /// The share that waits under this index, if there is one.
    public Optional<EncryptedShare> find(ShareId share) {
        return storage.read((Reader<Ciphertext> reader) ->
                reader.get(EncryptedShare.key(share)).map(EncryptedShare::decode));
    }

    /// It has arrived: nothing waits any more. Durable on return.
    ///
    /// @return whether something waited
    public boolean acknowledge(ShareId share) {
        return storage.write(writer -> {
                    boolean waited = writer.get(EncryptedShare.key(share)).isPresent();
                    writer.delete(EncryptedShare.key(share));
                    return waited;
                })
                .toCompletableFuture()
                .join();
    }

    private static int order(ShareId one, ShareId other) {
        return one.generation() != other.generation()
                ? Integer.compare(one.generation(), other.generation())
                : Integer.compare(one.index(), other.index());
    }
}
