// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A snapshot of ciphertexts seen through the keyrings of the same snapshot.
class OpenSnapshot implements BarrierReader {
    final Barrier barrier;
    private final Reader<Ciphertext> reader;

    /// The keyring that was last asked for: most work stays in one scope.
    private Optional<Found> last = Optional.empty();

    private record Found(Scope scope, Optional<Keyring> keyring) {}

    OpenSnapshot(Barrier barrier, Reader<Ciphertext> reader) {
        this.barrier = barrier;
        this.reader = reader;
    }

    @Override
    public Optional<Plaintext> get(StorageKey key) {
        requireValue(key.scope());
        return reader.get(key).map(value -> open(key, value));
    }

    @Override
    public Page<String> list(Folder folder, String after, int limit) {
        requireValue(folder.scope());
        return reader.list(folder, after, limit);
    }

    @Override
    public Page<StorageKey> scan(Folder folder, String after, int limit) {
        requireValue(folder.scope());
        return reader.scan(folder, after, limit);
    }

    @Override
    public boolean unchanged(StorageKey key, long since) {
        return reader.unchanged(key, since);
    }

    @Override
    public boolean unchanged(Folder folder, long since) {
        return reader.unchanged(folder, since);
    }

    @Override
    public long version() {
        return reader.version();
    }

    @Override
    public <T> T cached(StorageKey guard, Supplier<T> load) {
        return barrier.kept().get(reader, guard, load);
    }

    @Override
    public Optional<TermInfo> primary(Scope scope) {
        return keyring(scope).map(Keyring::primaryInfo);
    }

    @Override
    public List<TermInfo> terms(Scope scope) {
        return keyring(scope).map(Keyring::terms).orElse(List.of());
    }

    @Override
    public Optional<String> keyringId(Scope scope) {
        return reader.get(Keyrings.record(scope)).map(Owed::idOf);
    }

    @Override
    public List<Integer> generations() {
        return Stream.of(RootKey.PREVIOUS, RootKey.RECORD)
                .flatMap(key -> reader.get(key).stream())
                .map(Ciphertext::term)
                .sorted()
                .toList();
    }

    @Override
    public StoreId storeId() {
        return barrier.storeId();
    }

    @Override
    public Page<Scope> scopes(String after, int limit) {
        Page<String> names = reader.list(Folder.of(Scope.KEYS), after, limit);
        return new Page<>(names.items().stream().map(Scope::new).toList(), names.more());
    }

    @Override
    public boolean isShared() {
        return reader.get(RootKey.PREVIOUS).isPresent();
    }

    /// The share generation whose root key wraps the keyring of `keys`; it never falls.
    int generation() {
        return reader.get(RootKey.RECORD)
                .orElseThrow(() -> new CorruptedException("the keyring of keys is not there"))
                .term();
    }

    /// The keyring of a scope as this transaction sees it.
    Optional<Keyring> keyring(Scope scope) {
        if (last.isEmpty() || !last.get().scope().equals(scope)) {
            last = Optional.of(new Found(scope, barrier.keyrings().of(scope, reader)));
        }
        return last.get().keyring();
    }

    /// Keyrings and seal records are no values: they are reached by what changes keys, and by nothing else.
    static void requireValue(Scope scope) {
        if (scope.family() == Family.KEYS) {
            throw new IllegalArgumentException("scope " + scope + " holds no values");
        }
    }

    private Plaintext open(StorageKey key, Ciphertext value) {
        Keyring keyring = keyring(key.scope())
                .orElseThrow(() -> new CorruptedException("the value of " + key + " has no keyring"));
        return new Plaintext(barrier.entries().decrypt(keyring, key, value));
    }
}
