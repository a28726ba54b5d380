// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The process dies at each write between the disabling of a mount and the end of its purge. Then the mount is whole,
/// or it is gone and what the disk still owes is known.
class PurgeKillTest {
    private static final int MOST = 10;

    @Test
    void atEachWriteNothingIsHalfGoneAndNoDebtIsLost() {
        assertThat(Kill.atEach(PurgeKillTest::isReached))
                .allSatisfy(writes -> assertThat(writes).isBetween(3, MOST));
    }

    private static boolean isReached(Kill kill) {
        String when = kill.toString();
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        vault.write("sys/mounts/kv", "{\"type\":\"kv\"}");
        vault.write("kv/a", "{\"k\":\"v\"}");
        Scope scope = vault.look(
                reader -> vault.mounts().read(reader).at("kv/").orElseThrow().scope());
        runOut(vault);
        disk.failAt(kill);
        boolean acknowledged = vault.delete("sys/mounts/kv").equals(Response.NO_CONTENT);
        boolean reached = runOut(vault);

        FaultyDisk left = disk.reopen();
        try (TestVault again = vault.restart(left).unseal()) {
            boolean mounted = again.read("sys/mounts/kv") instanceof Response.Ok;
            assertThat(mounted && acknowledged).as(when).isFalse();
            boolean keyring = again.committer()
                    .read(reader -> reader.get(Keyrings.record(scope)).isPresent());
            boolean values = !again.committer()
                    .<Boolean>read(reader ->
                            reader.scan(Folder.of(scope), "", 10).items().isEmpty());
            assertThat(List.of(keyring, values)).as(when).containsOnly(mounted);
            if (mounted) {
                assertThat(again.read("kv/a")).as(when).isInstanceOf(Response.Ok.class);
            }
            assertThat(runOut(again)).as(when).isFalse();
            assertThat(again.look(Owed::names)).as(when).isEmpty();
        }
        return reached || !acknowledged;
    }

    /// Steps until there is nothing to do; whether the disk failed on the way.
    private static boolean runOut(TestVault vault) {
        PurgeJob job = new PurgeJob(vault.disk(), Runnable::run, vault.events()::add);
        try {
            for (int i = 0; vault.vault().unsealed(job::step).isPresent(); i++) {
                assertThat(i).isLessThan(50);
            }
            return false;
        } catch (RuntimeException failed) {
            return true;
        }
    }
}
