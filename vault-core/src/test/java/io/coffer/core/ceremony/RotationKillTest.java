// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills at the writes of a rotation, just before and just after each, and starts again on what is left. Between the
/// first and last writes and the end of its step, where one scope is like the next, at every sixth; at every one with
/// {@code -Dcoffer.rotation.stride=1}.
class RotationKillTest {
    private static final int STRIDE = Integer.getInteger("coffer.rotation.stride", 6);
    private static final int EDGE = 4;
    private static final int MOUNTS = 3;

    /// Scopes without values, so that a rotation has more than one step.
    private static final int EMPTY = Rotation.STEP;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOldOrTheNewTermIsThereNeverNeitherAndEveryValueReads(boolean stays) {
        int writes = writes();
        assertThat(writes).isGreaterThan(MOUNTS + EMPTY);
        for (int i = 0; i < writes; i++) {
            if (i % STRIDE == 0 || i < EDGE || writes - i <= EDGE || Math.abs(i + 1 - Rotation.STEP) <= EDGE) {
                assertThat(isReached(new Kill(i, stays))).as("write %d", i).isTrue();
            }
        }
        assertThat(isReached(new Kill(writes, stays))).isFalse();
    }

    /// Of a rotation that nothing cuts off.
    private static int writes() {
        FaultyDisk disk = new FaultyDisk();
        try (TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2)) {
            fill(vault);
            int before = disk.writes();
            vault.write("sys/rotate", "");
            return disk.writes() - before;
        }
    }

    private static boolean isReached(Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2);
        fill(vault);
        int before = term(vault);
        disk.failAt(kill);
        Response answer = vault.write("sys/rotate", "");
        boolean killed = !answer.equals(Response.NO_CONTENT);
        TestVault left = vault.restart(disk.reopen()).unseal();
        if (killed) {
            assertThat(term(left)).as(kill.toString()).isIn(before, before + 1);
        } else {
            assertThat(term(left)).isEqualTo(before + 1);
        }
        boolean ended = term(left) == before + 1;
        checkValues(left);
        assertThat(left.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        checkTerms(left, ended ? before + 2 : before + 1);
        checkValues(left);
        left.close();
        return killed;
    }

    private static void fill(TestVault vault) {
        for (int i = 0; i < MOUNTS; i++) {
            vault.write("sys/mounts/m" + i, "{\"type\":\"kv\"}");
            vault.write("m" + i + "/k", "{\"v\":" + i + "}");
        }
        vault.vault()
                .unsealed(barrier -> barrier.govern(writer -> {
                    for (int i = 0; i < EMPTY; i++) {
                        writer.createKeyring(
                                new Scope("empty-" + i), vault.time().now());
                    }
                    return true;
                }))
                .toCompletableFuture()
                .join();
    }

    private static void checkValues(TestVault vault) {
        for (int i = 0; i < MOUNTS; i++) {
            assertThat(TestVault.text(vault.read("m" + i + "/k"))).isEqualTo("{\"v\":" + i + "}");
        }
    }

    /// A rotation that was gone on with has given each scope one term, not two.
    private static void checkTerms(TestVault vault, int term) {
        assertThat(RotationTest.terms(vault.vault()))
                .hasSize(MOUNTS + EMPTY + 6 + 4)
                .allSatisfy((scope, found) -> assertThat(found).as(scope).isEqualTo(term));
    }

    private static int term(TestVault vault) {
        Map<String, Integer> all = RotationTest.terms(vault.vault());
        return all.get("system");
    }
}
