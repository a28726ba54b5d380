// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.storage.EncryptedStore;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Stored;
import io.coffer.core.storage.Tally;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Rewraps run to their end, and what then must be so.
final class Moving {
    private static final int MOST_STEPS = 100_000;

    private Moving() {}

    static Plaintext plain(String text) {
        return new Plaintext(text.getBytes(StandardCharsets.UTF_8));
    }

    static RewrapJob job(TestVault vault) {
        Pace pace = new Pace(vault.time(), new Latencies());
        return new RewrapJob(vault.committer(), vault.time(), vault.events()::add, pace, vault.obstacles());
    }

    /// Steps until there is nothing to do; whether the disk failed on the way.
    static boolean runOut(TestVault vault) {
        RewrapJob job = job(vault);
        try {
            for (int i = 0; i < MOST_STEPS; i++) {
                if (vault.vault().unsealed(job::step).isEmpty()) {
                    return false;
                }
            }
            throw new AssertionError("the rewrap does not end");
        } catch (RuntimeException failed) {
            return true;
        }
    }

    /// The scopes that have a keyring, `keys` included.
    static List<Scope> scopes(TestVault vault) {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.KEYS));
        scopes.addAll(vault.look(reader -> reader.scopes("", 1_000).items()));
        return scopes;
    }

    /// Each value's header says the primary term, and the census says what is there.
    static void checkAllMoved(TestVault vault) {
        for (Scope scope : scopes(vault)) {
            int primary = vault.look(
                    reader -> reader.primary(scope).orElseThrow().term().value());
            assertThat(scan(vault.committer(), scope).keySet()).as(scope.name()).isSubsetOf(primary);
        }
        checkCensus(vault);
    }

    static void checkCensus(TestVault vault) {
        for (Scope scope : scopes(vault)) {
            SortedMap<Integer, Tally> census = vault.committer().census(scope);
            Map<Integer, List<Long>> counted = new TreeMap<>();
            census.forEach((term, tally) -> {
                if (tally.values() != 0 || tally.bytes() != 0) {
                    counted.put(term, List.of(tally.values(), tally.bytes()));
                }
            });
            assertThat(counted).as(scope.name()).isEqualTo(scan(vault.committer(), scope));
        }
    }

    /// Values and bytes by term, from the headers.
    static Map<Integer, List<Long>> scan(EncryptedStore store, Scope scope) {
        Map<Integer, List<Long>> found = new TreeMap<>();
        String after = "";
        boolean more = true;
        while (more) {
            String from = after;
            Page<Stored> page = store.inspect(reader -> reader.walk(Folder.of(scope), from, 1_000, Long.MAX_VALUE));
            for (Stored stored : page.items()) {
                found.merge(
                        stored.value().term(),
                        List.of(1L, (long) stored.value().length()),
                        (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1)));
            }
            more = page.more();
            after = more ? page.items().getLast().key().path() : "";
        }
        return found;
    }
}
