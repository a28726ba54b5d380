// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// What tests write past the barrier: damage, or what somebody else has put there.
public final class Raw {
    private Raw() {}

    /// After this the record does not open, save for who has kept it.
    ///
    /// @return what lies there now
    public static byte[] bend(Storage<Ciphertext> storage, StorageKey key) {
        byte[] bytes = storage.<byte[]>read(
                reader -> reader.get(key).orElseThrow().bytes().clone());
        bytes[bytes.length - 1] ^= 1;
        put(storage, key, bytes);
        return bytes;
    }

    public static void put(Storage<Ciphertext> storage, StorageKey key, byte[] bytes) {
        storage.write(writer -> {
                    writer.put(key, new Ciphertext(bytes));
                    return true;
                })
                .toCompletableFuture()
                .join();
    }
}
