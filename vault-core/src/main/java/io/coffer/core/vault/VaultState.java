// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.vault;

import io.coffer.core.barrier.Barrier;
import io.coffer.core.seal.SealRecord;

/// What the vault is, with what each state has.
public sealed interface VaultState {
    /// There is no store yet.
    record Uninitialized() implements VaultState {}

    /// There is a store, and no key to open it.
    record Sealed(SealRecord record) implements VaultState {}

    /// The root key is open. The barrier stays in here: the vault lends it to closures.
    final class Unsealed implements VaultState {
        private final SealRecord record;
        private final Barrier barrier;
        private final Door door;

        Unsealed(SealRecord record, Barrier barrier) {
            this(record, barrier, new Door());
        }

        private Unsealed(SealRecord record, Barrier barrier, Door door) {
            this.record = record;
            this.barrier = barrier;
            this.door = door;
        }

        /// The same vault, open as it was, with another seal record.
        Unsealed with(SealRecord changed) {
            return new Unsealed(changed, barrier, door);
        }

        public SealRecord record() {
            return record;
        }

        Barrier barrier() {
            return barrier;
        }

        Door door() {
            return door;
        }
    }
}
