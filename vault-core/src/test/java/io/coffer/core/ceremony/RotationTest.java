// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.rewrap.Rewrap;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.vault.Vault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `sys/rotate` and `sys/key-status` on the whole core.
class RotationTest {
    private final TestVault vault = TestVault.open();

    /// The primary term of every scope by its name.
    static Map<String, Integer> terms(Vault vault) {
        return vault.unsealed(barrier -> barrier.survey(reader -> {
            Map<String, Integer> terms = new HashMap<>();
            Rotation.plan(reader).forEach(planned -> terms.put(planned.scope().name(), planned.term()));
            return terms;
        }));
    }

    private int term() {
        String text = TestVault.text(vault.read("sys/key-status"));
        return Integer.parseInt(text.replaceFirst("^\\{\"term\":([0-9]+),.*$", "$1"));
    }

    private int termOf(StorageKey key) {
        return vault.committer()
                .read(reader -> reader.get(key).map(Ciphertext::term).orElseThrow());
    }

    @Test
    void everyScopeGetsATermAndWhatWasWrittenBeforeReadsOn() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/before", "{\"v\":1}");
        Map<String, Integer> before = terms(vault.vault());
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        vault.write("one/after", "{\"v\":2}");
        assertThat(terms(vault.vault()))
                .hasSameSizeAs(before)
                .allSatisfy((scope, term) -> assertThat(term).as(scope).isEqualTo(before.get(scope) + 1));
        Scope mount = mount("one/");
        assertThat(termOf(Folder.of(mount).key("v1/before"))).isEqualTo(1);
        assertThat(termOf(Folder.of(mount).key("v1/after"))).isEqualTo(2);
        assertThat(TestVault.text(vault.read("one/before"))).isEqualTo("{\"v\":1}");
        try (TestVault again = vault.restart().unseal()) {
            assertThat(TestVault.text(again.read("one/before"))).isEqualTo("{\"v\":1}");
            assertThat(TestVault.text(again.read("one/after"))).isEqualTo("{\"v\":2}");
        }
    }

    @Test
    void keyStatusCountsTermsAndTheEncryptionsUnderTheNewestAlone() {
        assertThat(term()).isEqualTo(1);
        vault.write("sys/rotate/keyring", "");
        assertThat(term()).isEqualTo(2);
        assertThat(TestVault.text(vault.read("sys/key-status"))).contains("\"encryptions\":0}");
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        assertThat(TestVault.text(vault.read("sys/key-status"))).contains("\"encryptions\":2}");
    }

    @Test
    void aScopeCanBeRotatedAlone() {
        Map<String, Integer> before = terms(vault.vault());
        for (String scope : List.of("keys", "tokens", "system")) {
            assertThat(vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"}"))
                    .isEqualTo(Response.NO_CONTENT);
            before.merge(scope, 1, Integer::sum);
            assertThat(terms(vault.vault())).isEqualTo(before);
        }
    }

    @Test
    void whatIsNoScopeIsRefusedAndChangesNothing() {
        Map<String, Integer> before = terms(vault.vault());
        for (String scope :
                List.of("seal", "keyring", "nothing", "UPPER", "a/b", "00000000-0000-4000-8000-000000000000")) {
            for (String more : List.of("", ",\"dry_run\":true")) {
                Response refused = vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"" + more + "}");
                assertThat(refused).isInstanceOf(Response.Invalid.class);
                assertThat(((Response.Invalid) refused).errors().getFirst()).contains("'scope'");
            }
        }
        assertThat(terms(vault.vault())).isEqualTo(before);
    }

    @Test
    void aDryRunGivesThePlanAndDoesNothing() {
        Map<String, Integer> before = terms(vault.vault());
        String plan = TestVault.text(vault.write("sys/rotate", "{\"dry_run\":true}"));
        assertThat(plan)
                .startsWith("{\"dry_run\":true,\"scopes\":[{\"scope\":\"keys\",\"term\":1},")
                .endsWith("{\"scope\":\"system\",\"term\":1}]}");
        assertThat(TestVault.text(vault.write("sys/rotate", "{\"dry_run\":true,\"scope\":\"audit\"}")))
                .isEqualTo("{\"dry_run\":true,\"scopes\":[{\"scope\":\"audit\",\"term\":1}]}");
        assertThat(terms(vault.vault())).isEqualTo(before);
        assertThat(vault.events()).noneMatch(Event.KeysRotated.class::isInstance);
    }

    @Test
    void aDryRunRefusesWhatTheRotationWould() {
        for (String body : List.of(
                "\"algorithm\":\"des\"",
                "\"term\":1",
                "\"scope\":\"audit\",\"term\":1",
                "\"scope\":\"audit\",\"term\":0",
                "\"scope\":\"audit\",\"term\":4294967297",
                "\"scope\":\"audit\",\"term\":1,\"algorithm\":\"xaes256-gcm\"")) {
            Response refused = vault.write("sys/rotate", "{" + body + "}");
            assertThat(refused).as(body).isInstanceOf(Response.Invalid.class);
            assertThat(vault.write("sys/rotate", "{\"dry_run\":true," + body + "}"))
                    .as(body)
                    .isEqualTo(refused);
        }
    }

    @Test
    void withoutATokenNothingRotatesAndNothingShows() {
        for (String path : List.of("sys/rotate", "sys/rotate/keyring")) {
            assertThat(vault.handle(vault.request(Operation.UPDATE, path, "", Optional.empty())))
                    .isInstanceOf(Response.Denied.class);
            assertThat(vault.read(path)).isInstanceOf(Response.NotAllowed.class);
        }
        assertThat(vault.handle(vault.request(Operation.READ, "sys/key-status", "", Optional.empty())))
                .isInstanceOf(Response.Denied.class);
        assertThat(term()).isEqualTo(1);
    }

    @Test
    void installTimesDifferAlsoWhereTheClockStandsStill() {
        TermInfo first = primary();
        vault.write("sys/rotate", "");
        TermInfo second = primary();
        vault.write("sys/rotate", "{\"scope\":\"system\"}");
        TermInfo third = primary();
        assertThat(second.installed()).isAfter(first.installed());
        assertThat(third.installed()).isAfter(second.installed());
    }

    @Test
    void whatASealInterruptsIsGoneOnWithByTheNextRotation() {
        for (int i = 0; i < Rotation.STEP + 10; i++) {
            vault.write("sys/mounts/m" + i, "{\"type\":\"kv\"}");
        }
        Rotation rotation = new Rotation(vault.vault(), vault.time(), event -> {});
        assertThat(rotation.step(Rotation.Manner.PLAIN)).isEmpty();
        assertThat(rotation.step(Rotation.Manner.PLAIN)).isEmpty();
        vault.vault().seal();
        vault.unseal();
        assertThat(TestVault.text(vault.read("sys/key-status")))
                .startsWith("{\"term\":1,")
                .contains("\"unfinished_rotation\":{\"started\":\"")
                .contains("\"scopes_done\":");
        int rest = Rotation.STEP + 10 + 5 + 4 - Rotation.STEP;
        assertThat(terms(vault.vault())).hasSizeLessThanOrEqualTo(rest);
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(terms(vault.vault()))
                .hasSize(Rotation.STEP + 10 + 6 + 4)
                .allSatisfy((scope, term) -> assertThat(term).as(scope).isEqualTo(2));
        assertThat(TestVault.text(vault.read("sys/key-status"))).doesNotContain("unfinished");
    }

    @Test
    void aKeyringThatDoesNotOpenKeepsNoOtherScopeFromItsTerm() {
        bendKeyring(vault, Scope.LEASES);
        Map<String, Integer> before = terms(vault.vault());
        assertThat(before).doesNotContainKey("leases").containsKeys("keys", "tokens", "system");
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        before.replaceAll((scope, term) -> term + 1);
        assertThat(terms(vault.vault())).isEqualTo(before);
    }

    @Test
    void aScopeWhoseOwnSettingsSayThatItMovesIsMovedAfterARotationOfAllToo() {
        for (Scope scope : List.of(Scope.KEYS, Scope.TOKENS, Scope.SYSTEM)) {
            vault.write("sys/rotate/config", "{\"scope\":\"" + scope + "\",\"auto_rewrap\":true}");
        }
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        Rewrap rewrap = vault.look(Rewrap::read).orElseThrow();
        assertThat(rewrap.isUnderWay()).isTrue();
        assertThat(rewrap.scopes()).containsExactlyInAnyOrder(Scope.KEYS, Scope.TOKENS, Scope.SYSTEM);
    }

    private TermInfo primary() {
        return vault.vault()
                .unsealed(barrier ->
                        barrier.survey(reader -> reader.primary(Scope.SYSTEM).orElseThrow()));
    }

    private Scope mount(String path) {
        return vault.vault()
                .unsealed(barrier -> barrier.survey(reader ->
                        vault.mounts().read(reader).at(path).orElseThrow().scope()));
    }

    /// After this the keyring of a scope does not open.
    static void bendKeyring(TestVault vault, Scope scope) {
        Raw.bend(vault.committer(), new StorageKey(Scope.KEYS, scope.name()));
    }
}
