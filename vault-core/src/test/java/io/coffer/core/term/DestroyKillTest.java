// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The process dies at each write of a destruction, a restoring or a shredding, just before it and just after. Then
/// every value reads, and the work is gone on with or was never asked for.
class DestroyKillTest {
    enum Work {
        DESTROY,
        RESTORE,
        SHRED
    }

    @ParameterizedTest
    @EnumSource
    void atEachWriteEveryValueReadsAndTheWorkGoesOnOrIsNotThere(Work work) {
        assertThat(Kill.atEach(kill -> isReached(work, kill)))
                .allSatisfy(writes -> assertThat(writes).isBetween(2, 12));
    }

    private static boolean isReached(Work work, Kill kill) {
        String when = work + ", " + kill;
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        Scope scope = fill(vault);
        disk.failAt(kill);
        boolean reached = run(vault, work, scope);
        vault.vault().seal();
        TestVault left = vault.restart(disk.reopen()).unseal();
        KeyJobs jobs = new KeyJobs(left);
        assertReads(left, when);
        KeyJobs.assertCounted(left);
        if (work == Work.SHRED) {
            checkShred(left, jobs, scope, when);
        } else {
            checkTerm(left, jobs, work, scope, when);
        }
        assertReads(left, when);
        KeyJobs.assertCounted(left);
        assertThat(TestVault.text(left.read("sys/keys/jobs"))).as(when).isEqualTo("{\"jobs\":[]}");
        left.close();
        return reached;
    }

    private static Scope fill(TestVault vault) {
        for (String mount : List.of("one", "kept")) {
            vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}");
            vault.write(mount + "/a", "{\"v\":1}");
        }
        vault.write("sys/rotate", "");
        Scope scope = KeyJobs.scope(vault, "one/");
        KeyJobs.rewrap(vault, scope);
        new KeyJobs(vault).run();
        return scope;
    }

    /// @return whether the disk has failed on the way
    private static boolean run(TestVault vault, Work work, Scope scope) {
        String path = "sys/keys/" + scope + "/1/";
        KeyJobs jobs = new KeyJobs(vault);
        try {
            Response asked = work == Work.SHRED ? vault.delete("sys/mounts/one") : vault.write(path + "destroy", "");
            boolean failed = !(asked instanceof Response.Ok || asked.equals(Response.NO_CONTENT));
            if (work == Work.RESTORE && !failed) {
                failed = !vault.write(path + "restore", "").equals(Response.NO_CONTENT);
            }
            vault.time().pass(Jobs.DESTROY_WAIT);
            jobs.run();
            return failed || !vault.write("kept/b", "{\"v\":2}").equals(Response.NO_CONTENT);
        } catch (RuntimeException failed) {
            return true;
        }
    }

    private static void checkTerm(TestVault left, KeyJobs jobs, Work work, Scope scope, String when) {
        String state = KeyJobs.states(left, scope).getFirst();
        assertThat(state).as(when).isIn("deprecated", "destroying", "destroyed");
        if (work == Work.RESTORE) {
            left.write("sys/keys/" + scope + "/1/restore", "");
            jobs.run();
            assertThat(KeyJobs.states(left, scope)).as(when).containsExactly("deprecated", "primary");
            assertThat(left.read("sys/receipts/" + scope + ".1")).as(when).isEqualTo(Response.ABSENT);
            return;
        }
        if (state.equals("deprecated")) {
            left.write("sys/keys/" + scope + "/1/destroy", "");
            left.time().pass(Jobs.DESTROY_WAIT);
        }
        jobs.run();
        assertThat(KeyJobs.states(left, scope)).as(when).containsExactly("destroyed", "primary");
        assertThat(left.read("sys/receipts/" + scope + ".1")).as(when).isInstanceOf(Response.Ok.class);
    }

    private static void checkShred(TestVault left, KeyJobs jobs, Scope scope, String when) {
        if (left.read("sys/mounts/one") instanceof Response.Ok) {
            assertThat(TestVault.text(left.read("one/a"))).as(when).isEqualTo("{\"v\":1}");
            left.delete("sys/mounts/one");
        }
        boolean keyring = left.look(reader -> reader.keyringId(scope).isPresent());
        boolean values = !left.committer()
                .<Boolean>read(
                        reader -> reader.scan(Folder.of(scope), "", 10).items().isEmpty());
        assertThat(List.of(keyring, values)).as(when).containsOnly(false);
        jobs.run();
        assertThat(left.read("sys/receipts/" + scope)).as(when).isInstanceOf(Response.Ok.class);
    }

    private static void assertReads(TestVault vault, String when) {
        assertThat(TestVault.text(vault.read("kept/a"))).as(when).isEqualTo("{\"v\":1}");
        if (vault.read("sys/mounts/one") instanceof Response.Ok) {
            assertThat(TestVault.text(vault.read("one/a"))).as(when).isEqualTo("{\"v\":1}");
        }
    }
}
