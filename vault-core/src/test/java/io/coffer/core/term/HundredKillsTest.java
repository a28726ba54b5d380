// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.TestVault;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A hundred kills at random moments of writes, rotations, rewraps, destructions and disablings, one after
/// the other on one store: the census stays what a full scan counts, and no acknowledged value is lost.
/// Another run: {@code -Dcoffer.seed=N}.
class HundredKillsTest {
    private static final int KILLS = 100;
    private static final long SEED = Long.getLong("coffer.seed", 6);
    private static final List<String> MOUNTS = List.of("a", "b", "c");

    private final Random dice = new Random(SEED);
    private final Map<String, String> known = new HashMap<>();

    /// Writes that nobody knows the outcome of.
    private final Map<String, String> unknown = new HashMap<>();

    @Test
    void theCensusIsExactAndEveryValueReads() {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        for (int kill = 0; kill < KILLS; kill++) {
            disk.failAt(new Kill(dice.nextInt(40), dice.nextBoolean()));
            workUntilKilled(vault, disk);
            disk = disk.reopen();
            vault = vault.restart(disk).unseal();
            String when = "seed " + SEED + ", kill " + kill;
            check(vault, when);
        }
        new KeyJobs(vault).run();
        check(vault, "at the end");
        vault.close();
    }

    private void workUntilKilled(TestVault vault, FaultyDisk disk) {
        KeyJobs jobs = new KeyJobs(vault);
        try {
            while (act(vault, jobs)) {
                // until the disk fails
            }
        } catch (RuntimeException killed) {
            assertThatThrownBy(disk::view).as("seed " + SEED).isInstanceOf(StorageUnavailableException.class);
        }
        vault.vault().seal();
    }

    /// @return whether the disk lives
    private boolean act(TestVault vault, KeyJobs jobs) {
        String mount = MOUNTS.get(dice.nextInt(MOUNTS.size()));
        switch (dice.nextInt(12)) {
            case 0 -> {
                return lives(vault.write("sys/rotate", ""));
            }
            case 1 -> {
                if (dice.nextInt(4) == 0) {
                    unknown.put(mount, "disabled");
                    if (!lives(vault.delete("sys/mounts/" + mount))) {
                        return false;
                    }
                    unknown.remove(mount);
                    known.keySet().removeIf(path -> path.startsWith(mount + "/"));
                }
                return true;
            }
            case 2 -> {
                destroy(vault, mount);
                return true;
            }
            case 3 -> {
                jobs.run();
                return true;
            }
            default -> {
                return write(vault, mount);
            }
        }
    }

    private boolean write(TestVault vault, String mount) {
        if (vault.read("sys/mounts/" + mount) instanceof Response.Invalid) {
            return lives(vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}"));
        }
        String path = mount + "/" + dice.nextInt(20);
        String value = "{\"v\":" + dice.nextInt() + "}";
        unknown.put(path, value);
        if (!lives(vault.write(path, value))) {
            return false;
        }
        unknown.remove(path);
        known.put(path, value);
        return true;
    }

    private void destroy(TestVault vault, String mount) {
        if (vault.read("sys/mounts/" + mount) instanceof Response.Ok) {
            Scope scope = KeyJobs.scope(vault, mount + "/");
            KeyJobs.rewrap(vault, scope);
            vault.look(reader -> reader.terms(scope)).stream()
                    .map(info -> info.term())
                    .filter(term ->
                            KeyJobs.states(vault, scope).get(term.value() - 1).equals("deprecated"))
                    .findFirst()
                    .ifPresent((KeyTerm term) -> vault.change(writer -> Destructions.ask(
                            writer,
                            scope,
                            mount + "/",
                            term,
                            vault.time().now(),
                            vault.time().now())));
        }
    }

    private static boolean lives(Response answer) {
        return answer.equals(Response.NO_CONTENT);
    }

    private void check(TestVault vault, String when) {
        KeyJobs.assertCounted(vault);
        unknown.forEach((path, value) -> {
            if (!path.contains("/") && vault.read("sys/mounts/" + path) instanceof Response.Invalid) {
                known.keySet().removeIf(each -> each.startsWith(path + "/"));
            } else if (path.contains("/") && TestVault.text(vault.read(path)).equals(value)) {
                known.put(path, value);
            }
        });
        unknown.clear();
        known.forEach((path, value) -> assertThat(TestVault.text(vault.read(path)))
                .as(when + ", " + path)
                .isEqualTo(value));
    }
}
