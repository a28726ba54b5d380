// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.barrier.Debts;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Told;
import io.coffer.core.storage.DamagedDisk;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `sys/keys/:scope/:term/destroy` and what comes after it, on the whole core.
class DestroyTest {
    private final TestVault vault = TestVault.open();
    private final KeyJobs jobs = new KeyJobs(vault);
    private Scope scope = Scope.SYSTEM;

    @BeforeEach
    void fill() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        scope = KeyJobs.scope(vault, "one/");
        vault.write("one/a", "{\"v\":1}");
        vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"}");
        vault.write("one/b", "{\"v\":2}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private String path(int term, String verb) {
        return "sys/keys/" + scope + "/" + term + "/" + verb;
    }

    private Response destroy(int term) {
        return vault.write(path(term, "destroy"), "");
    }

    private void pass() {
        vault.time().pass(Jobs.DESTROY_WAIT);
        jobs.run();
    }

    @Test
    void aReceiptComesAlsoWhileSomethingElseIsAlwaysRotated() {
        KeyJobs.rewrap(vault, scope);
        assertThat(destroy(1)).isInstanceOf(Response.Ok.class);
        vault.time().pass(Jobs.DESTROY_WAIT);
        List<Job> all = List.of(
                new DestroyJob(vault.time(), TestVault.seeded(3), vault.events()::add),
                new PurgeJob(vault.disk(), Runnable::run, vault.events()::add));
        for (int step = 0; !(vault.read("sys/receipts/" + scope + ".1") instanceof Response.Ok); step++) {
            vault.write("sys/rotate", "{\"scope\":\"leases\"}");
            all.forEach(job -> vault.vault().unsealed(job::step));
            assertThat(step).isLessThan(500);
        }
        assertThat(vault.<Boolean>look(reader -> Debts.of(reader).arePaid(reader)))
                .isFalse();
    }

    private void assertReads() {
        assertThat(TestVault.text(vault.read("one/a"))).isEqualTo("{\"v\":1}");
        assertThat(TestVault.text(vault.read("one/b"))).isEqualTo("{\"v\":2}");
        KeyJobs.assertCounted(vault);
    }

    private static String error(Response answer) {
        return answer instanceof Response.Invalid(List<String> errors) ? errors.getFirst() : answer.toString();
    }

    private byte[] publicKey() {
        Response answer = vault.handle(vault.request(Operation.READ, "sys/receipts/key", "", Optional.empty()));
        Json key = Told.data(answer).get("key");
        return Base64.getDecoder().decode(key instanceof Json.Str(String text) ? text : "");
    }

    private Json.Obj receipt(String id) {
        Response answer = vault.read("sys/receipts/" + id);
        return (Json.Obj) JsonText.DEFAULT.parse(TestVault.text(answer).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTermThatAValueNeedsOrThatIsPrimaryOrNoneIsRefused() {
        assertThat(error(destroy(1))).contains("is needed by").contains("rewrap");
        assertThat(error(destroy(2))).contains("primary").contains("rotate");
        for (String none : new String[] {"3", "0", "-1", "01", "x", "2147483648"}) {
            assertThat(vault.write("sys/keys/" + scope + "/" + none + "/destroy", ""))
                    .as(none)
                    .isInstanceOf(Response.NotFound.class);
        }
        assertThat(vault.write("sys/keys/none/1/destroy", "")).isInstanceOf(Response.NotFound.class);
        pass();
        assertThat(KeyJobs.states(vault, scope)).containsExactly("deprecated", "primary");
        assertReads();
    }

    @Test
    void aKeyWaitsShowsThatItDoesAndComesBack() {
        KeyJobs.rewrap(vault, scope);
        Json.Obj job = Told.data(destroy(1));
        assertThat(job.get("state")).isEqualTo(Json.of("waiting"));
        assertThat(Told.data(destroy(1))).as("asked again").isEqualTo(job);
        assertThat(error(vault.write(path(1, "deprecate"), "")))
                .contains("waits")
                .contains("restore");
        jobs.run();
        assertThat(KeyJobs.states(vault, scope)).containsExactly("destroying", "primary");
        assertThat(TestVault.text(vault.read("sys/keys/jobs"))).contains("\"scope\":\"" + scope + "\"");
        assertThat(vault.write(path(1, "restore"), "")).isEqualTo(Response.NO_CONTENT);
        assertThat(error(vault.write(path(1, "restore"), ""))).contains("does not wait");
        pass();
        assertThat(KeyJobs.states(vault, scope)).containsExactly("deprecated", "primary");
        assertThat(TestVault.text(vault.read("sys/keys/jobs"))).isEqualTo("{\"jobs\":[]}");
        assertReads();
    }

    @Test
    void afterItsTimeTheKeyIsGoneAndAReceiptSaysSo() {
        KeyJobs.rewrap(vault, scope);
        String before = vault.look(reader -> reader.keyringId(scope).orElseThrow());
        destroy(1);
        pass();
        assertThat(KeyJobs.states(vault, scope)).containsExactly("destroyed", "primary");
        assertReads();
        assertThat(error(vault.write(path(1, "restore"), ""))).contains("is destroyed", "sys/receipts");
        assertThat(error(destroy(1))).contains("destroyed");
        assertThat(error(vault.write(path(1, "deprecate"), ""))).contains("destroyed");
        Json.Obj receipt = receipt(scope + ".1");
        assertThat(Receipt.check(receipt, publicKey())).isInstanceOf(Receipt.Check.Good.class);
        assertThat(receipt.get("record")).isEqualTo(Json.of(before));
        assertThat(receipt.get("mount")).isEqualTo(Json.of("one/"));
        assertThat(receipt.get("share_generations")).isEqualTo(new Json.Arr(List.of(Json.of(1))));
        assertThat(vault.disk().traces(List.of(HexFormat.of().parseHex(before))))
                .isEmpty();
        assertThat(vault.events()).contains(new Event.KeysDestroyed(scope.name(), 1, scope + ".1"));
        assertThat(TestVault.text(vault.handle(Operation.LIST, "sys/receipts", "")))
                .isEqualTo("{\"keys\":[\"" + scope + ".1\"]}");
    }

    @Test
    void aRotationAfterADestructionGivesTheNextNumber() {
        KeyJobs.rewrap(vault, scope);
        destroy(1);
        pass();
        vault.write("sys/rotate", "");
        assertThat(KeyJobs.states(vault, scope)).containsExactly("destroyed", "deprecated", "primary");
        try (TestVault again = vault.restart().unseal()) {
            assertThat(TestVault.text(again.read("one/a"))).isEqualTo("{\"v\":1}");
        }
    }

    @Test
    void theHeadersCountAndNotTheCensus() {
        bendCensus();
        Json.Obj job = Told.data(destroy(1));
        assertThat(job.get("state")).as("the census says that nothing is there").isEqualTo(Json.of("waiting"));
        pass();
        assertThat(TestVault.text(vault.read("sys/keys/jobs"))).contains("blocked", "rewrap");
        assertThat(KeyJobs.states(vault, scope)).containsExactly("destroying", "primary");
        assertThat(TestVault.text(vault.read("one/a"))).isEqualTo("{\"v\":1}");
        KeyJobs.rewrap(vault, scope);
        vault.time().pass(DestroyJob.RETRY);
        jobs.run();
        assertThat(KeyJobs.states(vault, scope)).containsExactly("destroyed", "primary");
    }

    /// Whoever can write the disk can remove totals.
    private void bendCensus() {
        vault.disk()
                .write(List.of(new Disk.Change.DeleteRange(
                        Family.TALLY,
                        Folder.of(scope).encoded(),
                        Folder.of(scope).end())));
        vault.write("sys/mounts/other", "{\"type\":\"kv\"}"); // shows it
    }

    @Test
    void aDisabledMountLeavesAReceiptOfAllItsTerms() {
        byte[] key = publicKey();
        KeyJobs.rewrap(vault, scope);
        destroy(1);
        assertThat(vault.delete("sys/mounts/one")).isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(vault.read("sys/keys/jobs")))
                .contains("\"kind\":\"shred\"")
                .doesNotContain("waiting");
        jobs.run();
        Json.Obj receipt = receipt(scope.name());
        assertThat(Receipt.check(receipt, key)).isInstanceOf(Receipt.Check.Good.class);
        assertThat(receipt.get("terms")).isEqualTo(new Json.Arr(List.of(Json.of(1), Json.of(2))));
        assertThat(receipt.get("kind")).isEqualTo(Json.of("shred"));
        assertThat(vault.read("sys/keys/" + scope)).isEqualTo(Response.ABSENT);
        boolean any = vault.look(Destructions::any);
        assertThat(any).isFalse();
    }

    @Test
    void aDeprecatedTermIsSoForGoodAndThePrimaryCannotBe() {
        assertThat(vault.write(path(1, "deprecate"), "")).isEqualTo(Response.NO_CONTENT);
        assertThat(error(vault.write(path(2, "deprecate"), ""))).contains("primary");
        assertThat(vault.write(path(9, "deprecate"), "")).isInstanceOf(Response.NotFound.class);
        assertThat(KeyJobs.states(vault, scope)).containsExactly("deprecated", "primary");
    }

    @Test
    void termsOfScopeKeysAreDestroyedAsAnyOther() {
        vault.time().pass(Duration.ofSeconds(1));
        vault.write("sys/rotate", "");
        scope = Scope.KEYS;
        Told.data(destroy(1));
        pass();
        assertThat(KeyJobs.states(vault, scope)).containsExactly("destroyed", "primary");
        assertThat(TestVault.text(vault.read("one/a"))).isEqualTo("{\"v\":1}");
        try (TestVault again = vault.restart().unseal()) {
            assertThat(TestVault.text(again.read("one/a"))).isEqualTo("{\"v\":1}");
        }
    }

    @Test
    void aScopeThatCannotBeLookedThroughBlocksItsKeyAndHoldsUpNoOther() {
        DamagedDisk disk = new DamagedDisk(new MemoryDisk());
        try (TestVault other = TestVault.open(TestVault.Setup.over(disk), 1, 1)) {
            other.write("sys/rotate", "");
            StorageKey value = new StorageKey(Scope.LEASES, "x");
            other.change(writer -> writer.put(value, new Plaintext(new byte[] {1})));
            KeyJobs.rewrap(other, Scope.TOKENS);
            for (Scope each : List.of(Scope.LEASES, Scope.TOKENS)) {
                assertThat(other.write("sys/keys/" + each + "/1/destroy", "")).isInstanceOf(Response.Ok.class);
            }
            disk.damage(value);
            other.time().pass(Jobs.DESTROY_WAIT);
            new KeyJobs(other).run();
            assertThat(KeyJobs.states(other, Scope.LEASES)).containsExactly("destroying", "primary");
            assertThat(KeyJobs.states(other, Scope.TOKENS)).containsExactly("destroyed", "primary");
            assertThat(TestVault.text(other.read("sys/keys/jobs"))).contains("\"blocked\"", DamagedDisk.MESSAGE);
            disk.repair();
            other.time().pass(DestroyJob.RETRY);
            new KeyJobs(other).run();
            assertThat(KeyJobs.states(other, Scope.LEASES)).containsExactly("destroyed", "primary");
        }
    }

    @Test
    void aReceiptThatIsBentInAnyMemberIsNone() {
        KeyJobs.rewrap(vault, scope);
        destroy(1);
        pass();
        byte[] key = publicKey();
        Json.Obj good = receipt(scope + ".1");
        good.members().keySet().forEach(name -> {
            Map<String, Json> bent = new LinkedHashMap<>(good.members());
            bent.put(name, Json.of("bent"));
            assertThat(Receipt.check(new Json.Obj(bent), key)).as(name).isInstanceOf(Receipt.Check.Bad.class);
            bent.remove(name);
            assertThat(Receipt.check(new Json.Obj(bent), key)).as(name).isInstanceOf(Receipt.Check.Bad.class);
        });
        Map<String, Json> more = new LinkedHashMap<>(good.members());
        more.put("more", Json.of("x"));
        assertThat(Receipt.check(new Json.Obj(more), key)).isInstanceOf(Receipt.Check.Bad.class);
        Map<String, Json> sorted = new TreeMap<>(good.members());
        assertThat(Receipt.check(new Json.Obj(sorted), key)).isInstanceOf(Receipt.Check.Good.class);
        key[0] ^= 1;
        assertThat(Receipt.check(good, key)).isInstanceOf(Receipt.Check.Bad.class);
    }
}
