// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.barrier.RekeyJob;
import io.coffer.core.request.Json;
import io.coffer.core.request.Told;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Scopes;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A vault whose destructions, purges and what a rekey leaves to do run when a test says so.
final class KeyJobs {
    private final TestVault vault;
    private final List<Job> jobs;

    KeyJobs(TestVault vault) {
        this.vault = vault;
        this.jobs = List.of(
                new RekeyJob((writer, terms, record) -> Destructions.destroyed(
                        writer, Scope.KEYS, terms, record, vault.time().now())),
                new DestroyJob(vault.time(), TestVault.seeded(3), vault.events()::add),
                new PurgeJob(vault.disk(), Runnable::run, vault.events()::add));
    }

    /// Steps them until none has anything to do but wait for the clock.
    void run() {
        int quiet = 0;
        for (int i = 0; quiet < 3; i++) {
            boolean busy = false;
            for (Job job : jobs) {
                busy |= vault.vault()
                        .unsealed(job::step)
                        .filter(rest -> rest.toMillis() < 1_000)
                        .isPresent();
            }
            quiet = busy ? 0 : quiet + 1;
            assertThat(i).as("steps").isLessThan(5_000);
        }
    }

    static Scope scope(TestVault vault, String mount) {
        return vault.look(
                reader -> vault.mounts().read(reader).at(mount).orElseThrow().scope());
    }

    /// Writes every value of a scope again, as a rewrap does.
    static void rewrap(TestVault vault, Scope scope) {
        vault.change(writer -> {
            for (StorageKey key : writer.scan(Folder.of(scope), "", 1_000).items()) {
                writer.put(key, writer.get(key).orElseThrow());
            }
        });
    }

    /// Makes a mount of version 1 with a value, and a former key that nothing is under.
    static Scope retired(TestVault vault, String mount) {
        vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}");
        vault.write(mount + "/a", "{\"v\":1}");
        Scope scope = scope(vault, mount + "/");
        vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"}");
        rewrap(vault, scope);
        return scope;
    }

    /// The states of a scope's terms, in their order.
    static List<String> states(TestVault vault, Scope scope) {
        List<String> states = new ArrayList<>();
        Json terms = Told.data(vault.read("sys/keys/" + scope.name())).get("terms");
        if (terms instanceof Json.Arr list) {
            list.items()
                    .forEach(term -> states.add(
                            term instanceof Json.Obj one && one.get("state") instanceof Json.Str(String text)
                                    ? text
                                    : ""));
        }
        return states;
    }

    /// The census of a store is what a look at every value gives.
    static void assertCounted(TestVault vault) {
        for (Scope scope : Scopes.of(vault.committer())) {
            SortedMap<Integer, Tally> live = new TreeMap<>();
            vault.committer().census(scope).forEach((term, tally) -> {
                if (tally.values() != 0 || tally.bytes() != 0) {
                    live.put(term, tally.live());
                }
            });
            assertThat(live).as("census of " + scope).isEqualTo(scan(vault, scope));
        }
    }

    private static SortedMap<Integer, Tally> scan(TestVault vault, Scope scope) {
        return vault.committer().read(reader -> {
            SortedMap<Integer, Tally> sums = new TreeMap<>();
            Page<StorageKey> page = new Page<>(List.of(), true);
            while (page.more()) {
                String after =
                        page.items().isEmpty() ? "" : page.items().getLast().path();
                page = reader.scan(Folder.of(scope), after, 500);
                for (StorageKey key : page.items()) {
                    Ciphertext value = reader.get(key).orElseThrow();
                    sums.merge(value.term(), new Tally(1, value.length(), 0, 0), Tally::plus);
                }
            }
            return sums;
        });
    }

    /// How many values of a scope are under each term, those alone that have some.
    static SortedMap<Integer, Tally> live(TestVault vault, Scope scope) {
        return scan(vault, scope);
    }
}
