// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// A storage seen through one folder: nothing outside it can be named, in no way. A name outside is a
/// defect of the caller and an {@code IllegalArgumentException}.
public final class ScopedStorage<V> implements Storage<V> {
    private final Storage<V> storage;
    private final Folder folder;

    public ScopedStorage(Storage<V> storage, Folder folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /// Where everything of this storage lies.
    public Folder folder() {
        return folder;
    }

    @Override
    public <T> T read(Function<Reader<V>, T> work) {
        return storage.read(reader -> work.apply(reader(reader, folder)));
    }

    @Override
    public long oldest() {
        return storage.oldest();
    }

    @Override
    public <T> CompletionStage<T> write(Function<Writer<V>, T> work) {
        return storage.write(writer -> work.apply(writer(writer, folder)));
    }

    /// A reader that reads nothing outside a folder.
    public static <V> Reader<V> reader(Reader<V> reader, Folder folder) {
        return new ScopedReader<>(reader, folder);
    }

    /// A writer that reads and changes nothing outside a folder. It clears a scope only if the folder
    /// is that whole scope.
    public static <V> Writer<V> writer(Writer<V> writer, Folder folder) {
        return new ScopedWriter<>(writer, folder);
    }
}
