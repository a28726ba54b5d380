// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The key of one term: its bytes and the ciphers made of them, closed together.
public final class DataKey implements AutoCloseable {
    /// The length of every key here, in bytes.
    public static final int BYTES = 32;

    private final Secret secret;
    private final AeadKey aead;
    private final LongAdder retiredUses = new LongAdder();
    private final AtomicLong spent = new AtomicLong();
    private final AtomicBoolean known = new AtomicBoolean();
    private volatile boolean used;

    private DataKey(Secret secret, Algorithm algorithm) {
        this.secret = secret;
        this.aead = AeadKey.of(algorithm, secret);
    }

    static DataKey random(Algorithm algorithm, SecureRandom random) {
        return new DataKey(Secret.random(BYTES, random), algorithm);
    }

    /// Takes the bytes over: the array holds zeros afterwards.
    static DataKey takeFrom(byte[] bytes, Algorithm algorithm) {
        return new DataKey(Secret.takeFrom(bytes), algorithm);
    }

    /// What encrypts and decrypts under this key.
    public AeadKey aead() {
        return aead;
    }

    /// Takes one encryption of those that the algorithm allows.
    ///
    /// @return whether there was one
    public boolean spend() {
        Algorithm algorithm = aead.algorithm();
        return !algorithm.isBounded() || spent.incrementAndGet() <= algorithm.encryptions();
    }

    /// Says how many values under it are committed. Each may have been encrypted twice, since a write runs at most
    /// twice. Only what is said first counts: from then on it counts by itself.
    public void spent(long committed) {
        if (known.compareAndSet(false, true)) {
            spent.addAndGet(2 * committed);
        }
    }

    /// Notes that it has opened a value. Costs a read of memory, and a write only once between two looks.
    ///
    /// @param retired whether it encrypts nothing any more: such uses are counted
    public void use(boolean retired) {
        if (!used) {
            used = true;
        }
        if (retired) {
            retiredUses.increment();
        }
    }

    /// How many values it has opened as a retired one since this was last asked.
    public long takeRetiredUses() {
        return retiredUses.sumThenReset();
    }

    /// Whether it has opened a value since this was last asked.
    public boolean takeUse() {
        boolean was = used;
        used = false;
        return was;
    }

    Secret secret() {
        return secret;
    }

    @Override
    public void close() {
        aead.close();
        secret.close();
    }

    @Override
    public String toString() {
        return "DataKey[" + BYTES + " bytes]";
    }
}
