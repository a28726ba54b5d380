// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.StorageUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyDiskTest extends DiskContract {
    private static final byte[] KEY = {'k'};
    private static final List<Disk.Change> CHANGES = List.of(new Disk.Change.Put(Family.ENTRIES, KEY, KEY));

    private FaultyDisk last = new FaultyDisk();

    @Override
    protected Disk create() {
        last = new FaultyDisk();
        return last;
    }

    @Override
    protected Disk reopen() {
        last = last.reopen();
        return last;
    }

    @Test
    void aFailureBeforeLeavesNothing() {
        FaultyDisk disk = new FaultyDisk();
        disk.failBefore();
        assertThatThrownBy(() -> disk.write(CHANGES)).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(() -> disk.write(CHANGES)).isInstanceOf(StorageUnavailableException.class);
        assertThat(disk.reopen().view().get(Family.ENTRIES, KEY)).isEmpty();
    }

    @Test
    void aFailureAfterLeavesEverything() {
        FaultyDisk disk = new FaultyDisk();
        disk.failAfter();
        assertThatThrownBy(() -> disk.write(CHANGES)).isInstanceOf(StorageUnavailableException.class);
        assertThat(disk.durable().get(Family.ENTRIES, KEY)).hasValue(KEY);
        assertThat(disk.reopen().view().get(Family.ENTRIES, KEY)).hasValue(KEY);
    }
}
