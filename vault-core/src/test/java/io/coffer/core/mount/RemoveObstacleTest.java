// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.storage.DamagedDisk;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.token.TokenStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A disabled mount some of which cannot be read is told of, and holds no other one up.
class RemoveObstacleTest {
    private final DamagedDisk disk = new DamagedDisk(new MemoryDisk());
    private TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);

    @AfterEach
    void close() {
        vault.close();
    }

    private Mount left(String path) {
        vault.write("sys/mounts/" + path, "{\"type\":\"kv\"}");
        Mount mount =
                vault.look(reader -> vault.mounts().read(reader).at(path + "/").orElseThrow());
        vault.change(writer -> vault.mounts().retire(writer, mount));
        return mount;
    }

    private List<Mount> leaving() {
        return vault.look(reader -> vault.mounts().read(reader).leaving());
    }

    @Test
    void theOthersAreRemovedAndThenItIsToldAndTriedAgain() {
        List<Mount> all = List.of(left("one"), left("two"), left("three"));
        Mount stuck = leaving().getFirst();
        assertThat(all).contains(stuck);
        disk.damage(new StorageKey(Scope.KEYS, stuck.uuid()));
        vault = vault.restart().unseal();
        RemoveJob job = new RemoveJob(vault.mounts(), new LeaseStore(new TokenStore()), vault.time());
        vault.vault().unsealed(job::step);
        vault.vault().unsealed(job::step);
        assertThat(leaving()).containsExactly(stuck);
        assertThatThrownBy(() -> vault.vault().unsealed(job::step))
                .isInstanceOf(CorruptedException.class)
                .hasMessage(DamagedDisk.MESSAGE);
        disk.repair();
        new Jobs(vault).run();
        assertThat(leaving()).isEmpty();
    }
}
