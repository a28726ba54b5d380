// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Objects;

/// A value inside the barrier. Never printed; the array belongs to this value once it is made.
public final class Plaintext {
    private final byte[] bytes;

    public Plaintext(byte[] bytes) {
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /// The value itself, not a copy: read it, do not change it.
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "Plaintext[" + bytes.length + " bytes]";
    }
}
