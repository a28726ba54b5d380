// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static io.coffer.core.request.Told.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Bending;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Tally;
import io.coffer.core.storage.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `sys/keys` on the whole core.
class KeyListRoutesTest {
    private final TestVault vault = TestVault.open();

    private static List<Json.Obj> terms(Json list) {
        return ((Json.Arr) list).items().stream().map(Json.Obj.class::cast).toList();
    }

    private Scope mount(String path) {
        return vault.look(
                reader -> vault.mounts().read(reader).at(path).orElseThrow().scope());
    }

    private Response ask(Operation operation, Map<String, String> query) {
        return ask(operation, "sys/keys", query);
    }

    private Response ask(Operation operation, String path, Map<String, String> query) {
        return vault.handle(Requests.with(query, vault.request(operation, path, "", Optional.of(TestVault.ROOT))));
    }

    /// What lies under a term, counted by looking at every value.
    private Tally scan(Scope scope, int term) {
        return vault.committer().read(reader -> {
            Tally sum = Tally.NONE;
            for (StorageKey key : reader.scan(Folder.of(scope), "", 1_000).items()) {
                Ciphertext value = reader.get(key).orElseThrow();
                sum = value.term() == term ? sum.plus(new Tally(1, value.length(), 0, 0)) : sum;
            }
            return sum;
        });
    }

    @Test
    void everyScopeShowsItsTermsWithStateAndCensus() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/a", "{\"v\":1}");
        vault.write("one/b", "{\"v\":2}");
        vault.write("sys/rotate", "");
        vault.write("one/b", "{\"v\":3}");
        Json.Obj all = data(vault.read("sys/keys"));
        assertThat(all.members()).containsKeys("keys", "system", "tokens", "leases", "identity", "audit");
        List<Json.Obj> terms = terms(all.get(mount("one/").name()));
        assertThat(terms).hasSize(2);
        assertThat(terms.get(0).members().keySet())
                .containsExactly(
                        "term", "state", "algorithm", "install_time", "values", "bytes", "encryptions", "last_used");
        assertThat(terms.stream().map(term -> term.get("state")))
                .containsExactly(Json.of("deprecated"), Json.of("primary"));
        for (int term = 1; term <= 2; term++) {
            Tally counted = scan(mount("one/"), term);
            assertThat(counted.values()).isPositive();
            assertThat(terms.get(term - 1).get("values")).isEqualTo(Json.of(counted.values()));
            assertThat(terms.get(term - 1).get("bytes")).isEqualTo(Json.of(counted.bytes()));
        }
        assertThat(terms.get(0).get("algorithm")).isEqualTo(Json.of("xaes256-gcm"));
        Json.Obj one = data(vault.read("sys/keys/" + mount("one/").name()));
        assertThat(one.get("mount")).isEqualTo(Json.of("one/"));
        assertThat(one.get("terms")).isEqualTo(all.get(mount("one/").name()));
        assertThat(vault.read("sys/keys/none")).isEqualTo(Response.ABSENT);
        assertThat(vault.read("sys/keys/NONE")).isEqualTo(Response.ABSENT);
    }

    @Test
    void aPageAtATimeListsWhatOneAnswerLists() {
        for (int i = 0; i < 150; i++) {
            String name = (i % 2 == 0 ? "a" : "z") + i;
            vault.change(
                    writer -> writer.createKeyring(new Scope(name), vault.time().now()));
        }
        List<Scope> scopes = vault.look(reader -> reader.scopes("", 500)).items();
        List<String> all =
                new ArrayList<>(data(vault.read("sys/keys")).members().keySet());
        assertThat(all).hasSize(scopes.size() + 1).isSorted().contains("keys");
        for (int limit : new int[] {1, 7, 100, 101}) {
            List<String> paged = new ArrayList<>();
            boolean more = true;
            while (more) {
                Map<String, String> query = paged.isEmpty()
                        ? Map.of("limit", "" + limit)
                        : Map.of("limit", "" + limit, "after", paged.getLast());
                Response.Ok page = (Response.Ok) ask(Operation.READ, query);
                paged.addAll(data(page).members().keySet());
                more = !page.warnings().isEmpty();
            }
            assertThat(paged).isEqualTo(all);
        }
        Json.Obj listed = data(ask(Operation.LIST, Map.of("after", "keys", "limit", "2")));
        assertThat(TestVault.text(new Response.Ok(listed)))
                .startsWith("{\"keys\":[\"leases\",\"system\"],\"key_info\":{");
    }

    @Test
    void aKeyringThatDoesNotOpenIsToldAndTheOthersAreShown() {
        StorageKey record = new StorageKey(Scope.KEYS, "leases");
        Bending.bend(vault, record);
        assertOnlyLeasesAreDamaged(Bending.reason(record));
    }

    @Test
    void lastUsesThatDoNotOpenAreToldAndTheOtherScopesAreShown() {
        StorageKey record = new StorageKey(Scope.SYSTEM, "key-uses/leases");
        vault.change(writer -> writer.put(record, new Plaintext(new byte[] {1})));
        Bending.bend(vault, record);
        assertOnlyLeasesAreDamaged(Bending.reason(record));
    }

    @Test
    void aTotalThatCannotBeReadIsToldAndTheOtherScopesAreShown() {
        Totals.bend(vault.disk(), new Scope("leases"), 1);
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}"); // what is read is as new as the last write
        assertOnlyLeasesAreDamaged("the census record of scope leases is corrupted");
    }

    private void assertOnlyLeasesAreDamaged(String reason) {
        Json.Obj all = data(vault.read("sys/keys"));
        assertThat(terms(all.get("leases"))).isEmpty();
        assertThat(terms(all.get("tokens"))).hasSize(1);
        Json.Obj listed = data(ask(Operation.LIST, Map.of()));
        for (Json shown : List.of(data(vault.read("sys/keys/leases")), info(listed, "leases"))) {
            assertThat(((Json.Obj) shown).get("damaged")).isEqualTo(Json.of(reason));
        }
        assertThat(info(listed, "tokens").has("damaged")).isFalse();
    }

    private static Json.Obj info(Json.Obj listed, String scope) {
        return (Json.Obj) ((Json.Obj) listed.get("key_info")).get(scope);
    }

    @Test
    void aPartThatNoListHasIsRefused() {
        for (String path : List.of("sys/keys", "sys/keys/jobs")) {
            for (String after : List.of("a\0b", "/", "a//b", "x".repeat(5_000))) {
                assertThat(ask(Operation.READ, path, Map.of("after", after)))
                        .as(path)
                        .isInstanceOf(Response.Invalid.class);
            }
        }
    }

    @Test
    void whatReadsNothingMarksNoTerm() {
        Scope scope = new Scope("quiet");
        vault.change(writer -> writer.createKeyring(scope, vault.time().now()));
        vault.time().pass(Duration.ofMinutes(5));
        assertThat(terms(data(vault.read("sys/keys")).get("quiet")).getFirst().get("last_used"))
                .isEqualTo(Json.NULL);
    }
}
