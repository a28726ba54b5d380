// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.TestVault;
import io.coffer.core.audit.HandDevice;
import io.coffer.core.request.Response;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.vault.VaultState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// The process dies at each write of an init, an unseal and the first requests: before it is on the disk,
/// and after it and before anybody is told.
class KillTest {
    /// More writes than there are in {@link #live}.
    private static final int MOST = 12;

    private final List<String> acknowledged = new ArrayList<>();
    private final List<Secret> shares = new ArrayList<>();

    private static TestVault.Setup setup(FaultyDisk disk) {
        return TestVault.Setup.over(disk).devices(new HandDevice("file"));
    }

    @Test
    void atEachWriteTheStoreIsWholeOrNotThere() {
        assertThat(Kill.atEach(this::isReached))
                .allSatisfy(writes -> assertThat(writes).isBetween(4, MOST));
    }

    private boolean isReached(Kill kill) {
        acknowledged.clear();
        shares.clear();
        FaultyDisk disk = new FaultyDisk();
        disk.failAt(kill);
        boolean reached = !live(new TestVault(setup(disk)));
        check(disk.reopen(), kill.toString());
        return reached;
    }

    /// Whether it came to its end.
    private boolean live(TestVault vault) {
        try {
            Initialization.Plan plan = new Initialization.Plan(
                    new SealConfig(3, 2), List.of(), Optional.empty(), Optional.of(TestVault.ROOT));
            shares.addAll(vault.initialization()
                    .run(plan)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow()
                    .shares());
            acknowledged.add("init");
            vault.unsealing().offer(shares.get(0));
            vault.unsealing().offer(shares.get(2));
        } catch (CompletionException failed) {
            assertThat(failed.getCause())
                    .isInstanceOfAny(OutcomeUnknownException.class, StorageUnavailableException.class);
            assertThat(vault.isUnsealed()).isFalse();
            return false;
        }
        return acknowledged(vault.write("sys/mounts/kv", "{\"type\":\"kv-v2\"}"), "mount")
                && acknowledged(vault.write("kv/data/a", "{\"data\":{\"k\":\"one\"}}"), "put")
                && acknowledged(vault.delete("sys/mounts/kv"), "unmount");
    }

    private boolean acknowledged(Response answer, String what) {
        switch (answer) {
            case Response.Ok ok -> acknowledged.add(what);
            case Response.NoContent none -> acknowledged.add(what);
            case Response.Failed failed -> assertThat(failed.error()).contains("storage");
            default -> throw new AssertionError(what + ": " + answer);
        }
        return acknowledged.contains(what);
    }

    private void check(FaultyDisk left, String when) {
        TestVault again = new TestVault(setup(left));
        if (again.vault().state() instanceof VaultState.Uninitialized) {
            assertThat(acknowledged).as(when).isEmpty();
            again.initialize(1, 1).unseal();
            again.close();
            return;
        }
        if (shares.isEmpty()) {
            assertThat(when).isEqualTo(new Kill(0, true).toString());
            return;
        }
        again.unsealing().offer(shares.get(1));
        again.unsealing().offer(shares.get(2));
        assertThat(again.isUnsealed()).as(when).isTrue();
        Response mount = again.read("sys/mounts/kv");
        if (acknowledged.contains("unmount")) {
            assertThat(mount).as(when).isInstanceOf(Response.Invalid.class);
        } else if (acknowledged.contains("mount") && mount instanceof Response.Ok) {
            Response value = again.read("kv/data/a");
            boolean written = value instanceof Response.Ok;
            assertThat(written || !acknowledged.contains("put")).as(when).isTrue();
        } else if (acknowledged.contains("mount")) {
            assertThat(acknowledged)
                    .as(when + ": only the unmounting can have taken it")
                    .contains("put");
        }
        assertThat(again.write("sys/mounts/next", "{\"type\":\"kv\"}")).as(when).isEqualTo(Response.NO_CONTENT);
        again.close();
    }
}
