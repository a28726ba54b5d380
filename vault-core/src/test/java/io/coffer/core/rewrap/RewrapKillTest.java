// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The process dies at each write of a rewrap, just before it and just after. Then every value reads, the census is
/// exact, and the rewrap is gone on with or was never asked for.
class RewrapKillTest {
    private static final List<String> MOUNTS = List.of("one", "two", "three");
    private static final int VALUES = 30;

    @Test
    void atEachWriteEveryValueReadsAndTheWorkGoesOnOrIsNotThere() {
        for (boolean leaving : new boolean[] {false, true}) {
            int fault = 0;
            while (killedAt(fault, leaving)) {
                fault++;
            }
            assertThat(fault).as("writes").isGreaterThan(MOUNTS.size() + 2);
        }
    }

    /// @return whether the fault was reached
    private static boolean killedAt(int fault, boolean leaving) {
        String when = "write " + fault + (leaving ? " stays" : " is lost");
        FaultyDisk disk = new FaultyDisk(new Random(0), 0);
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        fill(vault);
        disk.failAt(fault, leaving);
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
