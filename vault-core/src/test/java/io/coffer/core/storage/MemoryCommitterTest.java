// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

class MemoryCommitterTest extends CommitterContract {
    @Override
    protected Disk create() {
        return new MemoryDisk();
    }

    /// Memory does not crash.
    @Override
    protected Disk crashAndReopen(Disk disk) {
        return disk;
    }
}
