// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// The identity of one store: 16 random bytes, made once, bound into everything that is encrypted in it.
public record StoreId(long high, long low) {
    public static final int BYTES = 16;

    public static StoreId random(SecureRandom random) {
        return new StoreId(random.nextLong(), random.nextLong());
    }

    public static StoreId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a store id has " + BYTES + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new StoreId(in.getLong(), in.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }
}
