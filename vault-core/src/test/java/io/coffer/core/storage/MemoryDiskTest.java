// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class MemoryDiskTest extends DiskContract {
    @Override
    protected Disk create() {
        return new MemoryDisk();
    }

    @Override
    protected Disk reopen() {
        throw new UnsupportedOperationException("nothing outlives a memory disk");
    }

    @Override
    @Test
    @Disabled("nothing outlives a memory disk")
    void everythingIsThereAfterReopening() {}
}
