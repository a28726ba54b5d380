// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Randomness from a seed that remembers what it gave: every key of a vault is among it.
public final class RecordedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SecureRandom seeded;
    private final transient List<byte[]> drawn = new CopyOnWriteArrayList<>();

    public RecordedRandom(long seed) {
        this.seeded = TestVault.seeded(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        seeded.nextBytes(bytes);
        drawn.add(bytes.clone());
    }

    /// What was given so far, in its order.
    public List<byte[]> drawn() {
        return List.copyOf(drawn);
    }
}
