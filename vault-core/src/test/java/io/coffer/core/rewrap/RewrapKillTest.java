// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The process dies at each write of a rewrap, just before it and just after. Then every value reads, the census is
/// exact, and the rewrap is gone on with or was never asked for.
class RewrapKillTest {
    private static final List<String> MOUNTS = List.of("one", "two", "three");
    private static final int VALUES = 30;

    @Test
    void atEachWriteEveryValueReadsAndTheWorkGoesOnOrIsNotThere() {
        assertThat(Kill.atEach(RewrapKillTest::isReached))
                .allSatisfy(writes -> assertThat(writes).isGreaterThan(MOUNTS.size() + 2));
    }

    private static boolean isReached(Kill kill) {
        String when = kill.toString();
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        fill(vault);
        disk.failAt(kill);
        boolean asked = vault.write("sys/rewrap", "{}") instanceof Response.Ok;
        boolean reached = !asked || Moving.runOut(vault);
        vault.vault().seal();
        try (TestVault left = vault.restart(disk.reopen()).unseal()) {
            check(left, when);
            boolean known = left.look(Rewrap::read).isPresent();
            assertThat(known).as(when).isIn(asked, true);
            if (!known) {
                left.write("sys/rewrap", "{}");
            }
            assertThat(Moving.runOut(left)).as(when).isFalse();
            Moving.checkAllMoved(left);
            check(left, when);
            assertThat(left.look(Rewrap::read).orElseThrow().isUnderWay())
                    .as(when)
                    .isFalse();
        }
        return reached;
    }

    private static void fill(TestVault vault) {
        for (String mount : MOUNTS) {
            vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}");
            for (int i = 0; i < VALUES; i++) {
                vault.write(mount + "/" + i, "{\"v\":" + i + "}");
            }
        }
        vault.write("sys/rotate", "");
    }

    private static void check(TestVault vault, String when) {
        for (String mount : MOUNTS) {
            for (int i = 0; i < VALUES; i++) {
                assertThat(TestVault.text(vault.read(mount + "/" + i))).as(when).isEqualTo("{\"v\":" + i + "}");
            }
        }
        Moving.checkCensus(vault);
    }
}
