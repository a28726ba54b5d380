// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.DamagedDisk;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A key of a scope some of which cannot be read is not destroyed, since nobody sees whether a value needs
/// it; the job tells why, and holds up no other one.
class DestroyObstacleTest {
    private final DamagedDisk disk = new DamagedDisk(new MemoryDisk());
    private final TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
    private final KeyJobs jobs = new KeyJobs(vault);

    /// They are looked at in the order of their names.
    private Scope first = Scope.SYSTEM;

    private Scope second = Scope.SYSTEM;

    @BeforeEach
    void fill() {
        Scope one = made("one");
        Scope two = made("two");
        first = one.name().compareTo(two.name()) < 0 ? one : two;
        second = first.equals(one) ? two : one;
    }

    @AfterEach
    void close() {
        vault.close();
    }

    /// A mount with a retired key that no value needs and that waits to be destroyed.
    private Scope made(String mount) {
        Scope scope = KeyJobs.retired(vault, mount);
        assertThat(vault.write("sys/keys/" + scope + "/1/destroy", "")).isInstanceOf(Response.Ok.class);
        return scope;
    }

    private void check(StorageKey unreadable) {
        disk.damage(unreadable);
        vault.time().pass(Jobs.DESTROY_WAIT);
        jobs.run();
        assertThat(KeyJobs.states(vault, second)).containsExactly("destroyed", "primary");
        assertThat(TestVault.text(vault.read("sys/keys/jobs")))
                .contains("\"scope\":\"" + first + "\"", "\"state\":\"blocked\"", "sys/verify", DamagedDisk.MESSAGE)
                .doesNotContain(second.name());
        disk.repair();
        assertThat(KeyJobs.states(vault, first)).containsExactly("destroying", "primary");
        vault.time().pass(DestroyJob.RETRY);
        jobs.run();
        assertThat(KeyJobs.states(vault, first)).containsExactly("destroyed", "primary");
    }

    @Test
    void whereTheKeyringCannotBeRead() {
        check(new StorageKey(Scope.KEYS, first.name()));
    }
}
