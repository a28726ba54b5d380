// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// What tests write past the barrier: damage, or what somebody else has put there.
public final class Raw {
    private Raw() {}

    public static void put(Storage<Ciphertext> storage, StorageKey key, byte[] bytes) {
        storage.write(writer -> {
                    writer.put(key, new Ciphertext(bytes));
                    return true;
                })
                .toCompletableFuture()
                .join();
    }
}
