// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Random;

class FaultyCommitterTest extends CommitterContract {
    @Override
    protected Disk create() {
        return new FaultyDisk(new Random(1), 0);
    }

    @Override
    protected Disk crashAndReopen(Disk crashed) {
        return ((FaultyDisk) crashed).reopen();
    }
}
