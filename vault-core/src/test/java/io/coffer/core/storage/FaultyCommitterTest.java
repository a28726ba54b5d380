// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

class FaultyCommitterTest extends CommitterContract {
    @Override
    protected Disk create() {
        return new FaultyDisk();
    }

    @Override
    protected Disk crashAndReopen(Disk crashed) {
        return ((FaultyDisk) crashed).reopen();
    }
}
