// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import static io.coffer.core.auth.token.Clients.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The process dies at each write of what makes and ends tokens, just before it and just after.
class TokenKillTest {
    private static final String ALL = "{\"policies\":[\"root\"],\"ttl\":\"1h\"}";
    private static final int CHILDREN = 20;

    /// A vault on a disk that fails when it is told to, and what of tokens and leases lies there at first.
    private static final class Doomed {
        private final FaultyDisk disk = new FaultyDisk();
        private final TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        private final Clients clients = new Clients(vault);
        private final List<String> before;

        Doomed() {
            vault.write("sys/mounts/kv", "{\"type\":\"kv\",\"options\":{\"leased_passthrough\":\"true\"}}");
            vault.write("kv/a", "{\"v\":1,\"ttl\":\"1h\"}");
            before = stored(vault);
        }

        TestVault left() {
            vault.vault().seal();
            return vault.restart(disk.reopen()).unseal();
        }
    }

    private static List<String> stored(TestVault vault) {
        List<String> all = new ArrayList<>();
        for (Scope scope : List.of(Scope.TOKENS, Scope.LEASES)) {
            vault.look(reader -> reader.scan(Folder.of(scope), "", 1000)).items().stream()
                    .map(StorageKey::toString)
                    .forEach(all::add);
        }
        return all;
    }

    /// Whatever was left unfinished is finished now, and nothing of it remains.
    private static void assertNothingIsLeft(TestVault left, List<String> before, String when) {
        new Jobs(left).run();
        assertThat(stored(left)).as(when).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTokenIsMadeWithAllThatFindsItOrNotAtAll(boolean stays) {
        Doomed doomed = new Doomed();
        String parent = doomed.clients.create(ALL);
        doomed.disk.failAt(new Kill(0, stays));
        assertThat(doomed.clients.write(parent, "auth/token/create", "{\"id\":\"mine\"," + ALL.substring(1)))
                .isInstanceOf(Response.Failed.class);
        try (TestVault left = doomed.left()) {
            Clients clients = new Clients(left);
            assertThat(clients.lives("mine")).isEqualTo(stays);
            clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + parent + "\"}");
            assertThat(clients.lives("mine")).isFalse();
            assertNothingIsLeft(left, doomed.before, "made " + stays);
        }
    }

    @Test
    void aTreeIsDeadAsAWholeOrNotAtAllAndIsClearedAwayInTheEnd() {
        assertThat(Kill.atEach(TokenKillTest::isReached))
                .allSatisfy(writes -> assertThat(writes).isGreaterThan(1));
    }

    /// Revokes a token with children that hold leases, and clears all that away, up to the kill.
    private static boolean isReached(Kill kill) {
        Doomed doomed = new Doomed();
        String parent = doomed.clients.create(ALL);
        List<String> tree = new ArrayList<>(List.of(parent));
        for (int i = 0; i < CHILDREN; i++) {
            tree.add(doomed.clients.create(tree.get(i / 3), ALL));
            doomed.clients.call(tree.getLast(), Operation.READ, "kv/a", "");
        }
        doomed.disk.failAt(kill);
        boolean revoked = doomed.clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + parent + "\"}")
                == Response.NO_CONTENT;
        boolean finished = revoked && cleared(doomed.vault);
        try (TestVault left = doomed.left()) {
            String when = kill.toString();
            Clients clients = new Clients(left);
            boolean dead = revoked || kill.stays();
            assertThat(tree.stream().filter(clients::lives)).as(when).hasSize(dead ? 0 : tree.size());
            if (!dead) {
                clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + parent + "\"}");
            }
            assertNothingIsLeft(left, doomed.before, when);
        }
        return !finished;
    }

    /// Whether the jobs got to their end.
    private static boolean cleared(TestVault vault) {
        try {
            new Jobs(vault).run();
            return true;
        } catch (RuntimeException dead) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerIsWrappedWithItsTokenOrNotAtAll(boolean stays) {
        Doomed doomed = new Doomed();
        doomed.disk.failAt(new Kill(0, stays));
        assertThat(doomed.clients.wrapped("60", ROOT, Operation.READ, "sys/mounts", ""))
                .isInstanceOf(Response.Failed.class);
        try (TestVault left = doomed.left()) {
            assertThat(stored(left)).hasSize(doomed.before.size() + (stays ? 3 : 0));
            left.time().pass(Duration.ofSeconds(60));
            assertNothingIsLeft(left, doomed.before, "wrapped " + stays);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLeaseIsThereWithAllThatFindsItOrNotAtAll(boolean stays) {
        Doomed doomed = new Doomed();
        String holder = doomed.clients.create(ALL);
        doomed.disk.failAt(new Kill(0, stays));
        assertThat(doomed.clients.call(holder, Operation.READ, "kv/a", "")).isInstanceOf(Response.Failed.class);
        try (TestVault left = doomed.left()) {
            Clients clients = new Clients(left);
            assertThat(clients.call(ROOT, Operation.LIST, "sys/leases/lookup/kv/a", "") instanceof Response.Ok)
                    .isEqualTo(stays);
            clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + holder + "\"}");
            assertNothingIsLeft(left, doomed.before, "leased " + stays);
        }
    }

    @ParameterizedTest
    @CsvSource({"write,false", "write,true", "delete,false", "delete,true"})
    void aPolicyIsTheOldOrTheNewOneAndNothingBetween(String how, boolean stays) {
        Doomed doomed = new Doomed();
        doomed.vault.write("sys/policies/acl/p", policy("old"));
        String holder = doomed.clients.create("{\"policies\":[\"p\"]}");
        doomed.disk.failAt(new Kill(0, stays));
        Response lost = how.equals("write")
                ? doomed.vault.write("sys/policies/acl/p", policy("new"))
                : doomed.vault.delete("sys/policies/acl/p");
        assertThat(lost).isInstanceOf(Response.Failed.class);
        try (TestVault left = doomed.left()) {
            String body = "{\"paths\":[\"kv/old\",\"kv/new\"]}";
            String may = Clients.show(new Clients(left).write(holder, "sys/capabilities-self", body));
            boolean written = stays && how.equals("write");
            assertThat(may)
                    .contains("\"kv/old\":[\"" + (stays ? "deny" : "read") + "\"]")
                    .contains("\"kv/new\":[\"" + (written ? "read" : "deny") + "\"]");
        }
    }

    private static String policy(String name) {
        return "{\"policy\":\"path \\\"kv/" + name + "\\\" { capabilities = [\\\"read\\\"] }\"}";
    }
}
