// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/// SipHash-2-4 under a random key that ends with the process: tells names in a table of this process from each other,
/// whoever chose them. For nothing that is kept, and no proof of who wrote something. For any number of threads.
///
/// Two names share a code with a chance of 2^-64, and who does not know the key finds no such two. One takes 0.1 us.
public final class KeyedHash {
    static final int KEY_BYTES = 16;

    private final KeyParameter key;

    /// @param key 16 bytes, copied
    KeyedHash(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key has " + KEY_BYTES + " bytes");
        }
        this.key = new KeyParameter(key);
    }

    /// One with a key of its own.
    public static KeyedHash random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new KeyedHash(key);
    }

    /// A name's code.
    public long of(byte[] name) {
        SipHash hash = new SipHash();
        hash.init(key);
        hash.update(name, 0, name.length);
        return hash.doFinal();
    }
}
