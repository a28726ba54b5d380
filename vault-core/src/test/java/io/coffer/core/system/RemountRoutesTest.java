// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.mount.Moves;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemountRoutesTest {
    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/old", "{\"type\":\"kv\",\"options\":{\"leased_passthrough\":\"true\"}}");
        vault.write("sys/mounts/other", "{\"type\":\"kv\"}");
        vault.write("old/a", "{\"x\":1,\"ttl\":\"1h\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private String move(String from, String to) {
        Response response = vault.write("sys/remount", "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}");
        return response instanceof Response.Ok ok && ok.data() instanceof Json.Obj data
                ? ((Json.Str) data.get("migration_id")).value()
                : show(response);
    }

    private String lease(String path) {
        return ((Response.Leased) clients.call(ROOT, Operation.READ, path, "")).leaseId();
    }

    private String lookup(String lease) {
        return show(clients.write(ROOT, "sys/leases/lookup", "{\"lease_id\":\"" + lease + "\"}"));
    }

    private Json described(String path) {
        return ((Response.Ok) vault.read("sys/mounts/" + path)).data();
    }

    @Test
    void aMountMovesWithAllThatItHolds() {
        Json before = described("old");
        String id = move("old", "team/new/");
        assertThat(id).hasSize(36);
        assertThat(described("team/new")).isEqualTo(before);
        assertThat(vault.read("old/a")).isInstanceOf(Response.NotFound.class);
        assertThat(vault.read("team/new/a")).isInstanceOf(Response.Leased.class);
        assertThat(former()).containsExactly("{\"v\":1,\"paths\":[\"old/\"]}");
        assertThat(show(vault.read("sys/remount/status/" + id)))
                .isEqualTo("200 {\"migration_id\":\"" + id + "\",\"migration_info\":{\"source_mount\":\"old/\","
                        + "\"status\":\"success\",\"target_mount\":\"team/new/\"}}");
        try (TestVault again = vault.restart().unseal()) {
            assertThat(again.read("team/new/a")).isInstanceOf(Response.Leased.class);
            assertThat(show(again.read("sys/remount/status/" + id))).startsWith("200 ");
        }
    }

    /// The records of where mounts stood before, as they lie in stores for ever.
    private List<String> former() {
        Folder moved = Folder.of(Scope.SYSTEM).folder("moved-mounts");
        return vault.look(reader -> reader.scan(moved, "", 9).items().stream()
                .map(key -> new String(reader.get(key).orElseThrow().bytes(), StandardCharsets.UTF_8))
                .toList());
    }

    @Test
    void nobodyMayMoreOrLessThanHisPoliciesSay() {
        vault.write("sys/policies/acl/p", "{\"policy\":\"path \\\"old/*\\\" { capabilities = [\\\"read\\\"] }\"}");
        String token = clients.create("{\"policies\":[\"p\"]}");
        assertThat(clients.call(token, Operation.READ, "old/a", "")).isInstanceOf(Response.Leased.class);
        move("old", "new");
        assertThat(clients.call(token, Operation.READ, "new/a", "")).isInstanceOf(Response.Denied.class);
        move("other", "old");
        assertThat(clients.call(token, Operation.READ, "old/a", "")).isInstanceOf(Response.NotFound.class);
    }

    @Test
    void leasesLiveOnUntilTheMountThatGaveThemIsGone() {
        String lease = lease("old/a");
        move("old", "new");
        move("other", "old");
        assertThat(lookup(lease)).startsWith("200 ");
        assertThat(clients.write(ROOT, "sys/leases/renew", "{\"lease_id\":\"" + lease + "\"}"))
                .isInstanceOf(Response.Leased.class);
        vault.time().pass(Duration.ofMillis(1));
        vault.delete("sys/mounts/old");
        new Jobs(vault).run();
        assertThat(lookup(lease)).startsWith("200 ");
        String later = lease("new/a");
        vault.delete("sys/mounts/new");
        assertThat(lookup(lease)).isEqualTo("400 invalid lease");
        assertThat(lookup(later)).isEqualTo("400 invalid lease");
        new Jobs(vault).run();
        assertThat(show(clients.call(ROOT, Operation.LIST, "sys/leases/lookup/", "")))
                .isEqualTo("404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/new/a", "team/new", "team"})
    void revokingBelowAPathEndsWhatItsMountMadeAtFormerOnes(String prefix) {
        List<String> leases = new ArrayList<>();
        leases.add(lease("old/a"));
        move("old", "between");
        leases.add(lease("between/a"));
        move("between", "team/new");
        leases.add(lease("team/new/a"));
        mount();
        String others = lease("old/a");
        vault.write("team/new/b", "{\"x\":1,\"ttl\":\"1h\"}");
        String beside = lease("team/new/b");
        assertThat(show(clients.write(ROOT, "sys/leases/revoke-prefix/" + prefix, "")))
                .isEqualTo("204");
        for (int i = 0; i < 2; i++) {
            assertThat(leases).allSatisfy(lease -> assertThat(lookup(lease)).isEqualTo("400 invalid lease"));
            assertThat(lookup(others)).startsWith("200 ");
            assertThat(lookup(beside)).startsWith(prefix.endsWith("/a") ? "200 " : "400 ");
            new Jobs(vault).run();
        }
        vault.time().pass(Duration.ofMillis(1));
        assertThat(lookup(lease("team/new/a"))).startsWith("200 ");
    }

    @Test
    void revokingBelowAMethodsPathEndsWhomItLetInAtAFormerOne() {
        String first = signIn("one");
        move("auth/one", "auth/two");
        String other = signIn("one");
        clients.write(ROOT, "sys/leases/revoke-prefix/auth/two", "");
        for (int i = 0; i < 2; i++) {
            assertThat(clients.lives(first)).isFalse();
            assertThat(clients.lives(other)).isTrue();
            new Jobs(vault).run();
        }
    }

    private String signIn(String method) {
        vault.write("sys/auth/" + method, "{\"type\":\"userpass\"}");
        vault.write("auth/" + method + "/users/ann", "{\"password\":\"right\"}");
        return Clients.text(clients.write("", "auth/" + method + "/login/ann", "{\"password\":\"right\"}"));
    }

    @Test
    void whatWasEndedByItsPathBeforeTheMoveStaysDead() {
        String lease = lease("old/a");
        clients.write(ROOT, "sys/leases/revoke-prefix/old", "");
        move("old", "new");
        assertThat(lookup(lease)).isEqualTo("400 invalid lease");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | new | 400 both 'from' and 'to' path must be specified as a string
            old | '' | 400 both 'from' and 'to' path must be specified as a string
            old | a//b | 400 both 'from' and 'to' path must be specified as a string
            old | ../b | 400 both 'from' and 'to' path must be specified as a string
            none | new | 400 no matching mount at "none/"
            ol | new | 400 no matching mount at "ol/"
            old | other | 400 path already in use at "other/"
            old | old | 400 path already in use at "old/"
            old | other/below | 400 path already in use at "other/"
            sys | new | 400 cannot remount "sys/"
            cubbyhole | new | 400 cannot remount "cubbyhole/"
            identity | new | 400 cannot remount "identity/"
            auth/token | auth/new | 400 cannot remount "auth/token/"
            auth | new | 400 cannot remount "auth/"
            old | sys/new | 400 cannot remount "sys/new/"
            old | auth/new | 400 cannot remount secret mount to auth mount "auth/new/"
            auth/none | new | 400 cannot remount auth mount to non-auth mount "new/"
            auth/none | auth/new | 400 no matching mount at "auth/none/"
            """)
    void whatCannotMoveSaysWhy(String from, String to, String answer) {
        assertThat(move(from, to)).isEqualTo(answer);
    }

    @Test
    void movingAsksForSudo() {
        vault.write(
                "sys/policies/acl/p", "{\"policy\":\"path \\\"sys/remount\\\" { capabilities = [\\\"update\\\"] }\"}");
        String token = clients.create("{\"policies\":[\"p\"]}");
        assertThat(clients.write(token, "sys/remount", "{\"from\":\"old\",\"to\":\"new\"}"))
                .isInstanceOf(Response.Denied.class);
    }

    @Test
    void onlyTheNewestMovesAreRemembered() {
        String first = move("old", "p0");
        for (int i = 0; i < Moves.MOST; i++) {
            move("p" + i, "p" + (i + 1));
        }
        assertThat(vault.read("sys/remount/status/" + first)).isEqualTo(Response.ABSENT);
        assertThat(vault.look(Moves::read).newest()).hasSize(Moves.MOST);
        assertThat(vault.read("sys/remount/status/none")).isEqualTo(Response.ABSENT);
    }
}
