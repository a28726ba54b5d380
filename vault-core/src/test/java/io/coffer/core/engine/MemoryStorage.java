// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Storage;
import io.coffer.core.storage.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// A storage of one map. Writes run twice, once for nothing, since no handler may notice.
record MemoryStorage(MemoryWriter store) implements Storage<Plaintext> {
    @Override
    public <T> T read(Function<Reader<Plaintext>, T> work) {
        return work.apply(store);
    }

    @Override
    public long oldest() {
        return store.version();
    }

    @Override
    public <T> CompletionStage<T> write(Function<Writer<Plaintext>, T> work) {
        T first = work.apply(store.copy());
        T second = work.apply(store);
        assertThat(second).as("the second run of a transaction").isEqualTo(first);
        return CompletableFuture.completedFuture(second);
    }
}
