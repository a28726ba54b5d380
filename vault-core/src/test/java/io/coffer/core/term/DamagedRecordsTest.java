// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.barrier.RekeyJob;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A record of the life of keys that is damaged while the daemon stands still: what depends on it waits and is told,
/// all else goes on, and no receipt says what is not so.
class DamagedRecordsTest {
    private final Disk disk = new MemoryDisk();
    private TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);

    /// In the order of their names, in which the job looks at them.
    private final Scope first;

    private final Scope second;

    DamagedRecordsTest() {
        Scope one = KeyJobs.retired(vault, "one");
        Scope two = KeyJobs.retired(vault, "two");
        first = one.name().compareTo(two.name()) < 0 ? one : two;
        second = first.equals(one) ? two : one;
        new KeyJobs(vault).run(); // what the rotations owe
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void ask(Scope scope) {
        assertThat(vault.write("sys/keys/" + scope + "/1/destroy", "")).isInstanceOf(Response.Ok.class);
    }

    private void pass() {
        vault.time().pass(Jobs.DESTROY_WAIT);
        new KeyJobs(vault).run();
    }

    /// Goes as far as the keyring is written without the key.
    private void untilErasing(Scope scope) {
        ask(scope);
        vault.time().pass(Jobs.DESTROY_WAIT);
        DestroyJob job = new DestroyJob(vault.time(), TestVault.seeded(3), vault.events()::add);
        for (int step = 0; !jobs().contains("erasing"); step++) {
            vault.vault().unsealed(job::step);
            assertThat(step).isLessThan(100);
        }
    }

    private byte[] raw(StorageKey key) {
        try (Disk.View view = disk.view()) {
            return view.get(key.scope().family(), key.encoded()).orElseThrow();
        }
    }

    private void restart(Disk.Change change) {
        vault.close();
        disk.write(List.of(change));
        vault = vault.restart(disk).unseal();
    }

    private void bend(StorageKey key) {
        byte[] bent = raw(key).clone();
        bent[bent.length - 1] ^= 1;
        put(key, bent);
    }

    private void put(StorageKey key, byte[] value) {
        restart(new Disk.Change.Put(key.scope().family(), key.encoded(), value));
    }

    private static StorageKey keyring(Scope scope) {
        return new StorageKey(Scope.KEYS, scope.name());
    }

    private String jobs() {
        return TestVault.text(vault.read("sys/keys/jobs"));
    }

    private String receipts() {
        return TestVault.text(vault.handle(Operation.LIST, "sys/receipts", ""));
    }

    private Stream<String> failures() {
        return vault.events().stream()
                .flatMap(event -> event instanceof Event.JobFailed(String job, String message)
                        ? Stream.of(job + ": " + message)
                        : Stream.empty());
    }

    @Test
    void aBentKeyringHoldsUpItsOwnDestructionAlone() {
        ask(first);
        ask(second);
        bend(keyring(first));
        pass();
        assertThat(receipts()).contains(second + ".1").doesNotContain(first.name());
        assertThat(jobs()).contains(first.name(), "blocked", "sys/verify").doesNotContain(second.name());
    }

    @Test
    void aBentKeyringHoldsUpItsOwnReceiptAlone() {
        untilErasing(first);
        ask(second);
        bend(keyring(first));
        pass();
        assertThat(receipts()).contains(second + ".1").doesNotContain(first.name());
        assertThat(jobs()).contains(first.name(), "erasing");
        assertThat(failures()).anyMatch(told -> told.contains("no receipt for " + first + ".1"));
    }

    @Test
    void aBentRequestIsListedAndTakenAwayAndHoldsUpNoOther() {
        ask(first);
        ask(second);
        bend(new StorageKey(Scope.SYSTEM, "key-jobs/" + first + "/1"));
        pass();
        assertThat(receipts()).contains(second + ".1");
        assertThat(jobs())
                .contains(first.name(), "\"state\":\"damaged\"", "restore")
                .doesNotContain("requested");
        assertThat(KeyJobs.states(vault, first)).containsExactly("deprecated", "primary");
        assertThat(vault.write("sys/keys/" + first + "/1/restore", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(jobs()).isEqualTo("{\"jobs\":[]}");
        ask(first);
        pass();
        assertThat(receipts()).contains(first + ".1");
    }

    @Test
    void aMountOfABentRequestIsDisabled() {
        ask(first);
        bend(new StorageKey(Scope.SYSTEM, "key-jobs/" + first + "/1"));
        String mount = KeyJobs.scope(vault, "one/").equals(first) ? "one" : "two";
        assertThat(vault.delete("sys/mounts/" + mount)).isEqualTo(Response.NO_CONTENT);
        pass();
        assertThat(receipts()).contains("\"" + first + "\"");
        assertThat(jobs()).isEqualTo("{\"jobs\":[]}");
    }

    @Test
    void noReceiptIsSignedWhileAnOlderKeyringIsThereAgain() {
        byte[] older = raw(keyring(first));
        vault.write("sys/rotate", "{\"scope\":\"" + first + "\"}");
        KeyJobs.rewrap(vault, first);
        new KeyJobs(vault).run(); // so that nothing looks for the older one any more
        untilErasing(first);
        byte[] newer = raw(keyring(first));
        put(keyring(first), older);
        pass();
        assertThat(receipts()).doesNotContain(first.name());
        assertThat(failures()).anyMatch(told -> told.contains("an older keyring of scope " + first));
        put(keyring(first), newer);
        pass();
        assertThat(receipts()).contains(first + ".1");
    }

    @Test
    void aBentReceiptKeyHoldsUpReceiptsAndNoDestruction() {
        ask(first);
        pass();
        untilErasing(second);
        bend(new StorageKey(Scope.SYSTEM, "keys/receipts"));
        pass();
        assertThat(receipts()).doesNotContain(second.name());
        assertThat(failures()).anyMatch(told -> told.contains("no receipt for " + second + ".1"));
    }

    @Test
    void receiptsThatAreThereAreNotContradictedByAnotherKey() {
        ask(first);
        pass();
        StorageKey key = new StorageKey(Scope.SYSTEM, "keys/receipts");
        restart(new Disk.Change.Delete(key.scope().family(), key.encoded()));
        assertThat(vault.read("sys/receipts/key")).isNotInstanceOf(Response.Ok.class);
        ask(second);
        pass();
        assertThat(receipts()).doesNotContain(second.name());
        assertThat(KeyJobs.states(vault, second)).containsExactly("destroyed", "primary");
        try (Disk.View view = disk.view()) {
            assertThat(view.get(key.scope().family(), key.encoded())).isEmpty();
        }
    }

    /// The header stands outside of what is authenticated by its own key: bent to the new primary, the keyring looks
    /// as if it needed none of the older ones.
    @Test
    void neitherRekeyNorDestroyTakesAKeyThatAKeyringMayNeedWhoseHeaderIsBent() {
        byte[] whole = raw(keyring(first));
        vault.write("sys/rotate", "{\"scope\":\"keys\"}");
        byte[] bent = whole.clone();
        bent[4] = 2;
        put(keyring(first), bent);
        vault.change(writer -> Destructions.ask(
                writer,
                Scope.KEYS,
                "",
                vault.look(reader -> reader.terms(Scope.KEYS)).getFirst().term(),
                vault.time().now(),
                vault.time().now()));
        Response last = Asking.root(vault).rekey(1, 1, "", vault.shares());
        Asking.arrived(last);
        List<Secret> fresh = Asking.shares(last);
        vault.time().pass(Jobs.DESTROY_WAIT);
        DestroyJob destroy = new DestroyJob(vault.time(), TestVault.seeded(3), vault.events()::add);
        RekeyJob rekey = new RekeyJob((writer, terms, record) -> {});
        for (int step = 0; step < 20; step++) {
            vault.vault().unsealed(destroy::step);
            assertThatThrownBy(() -> vault.vault().unsealed(rekey::step))
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining(first.name());
        }
        assertThat(KeyJobs.states(vault, Scope.KEYS)).doesNotContain("destroyed");
        vault.close();
        disk.write(List.of(new Disk.Change.Put(
                keyring(first).scope().family(), keyring(first).encoded(), whole)));
        vault = vault.restart(disk);
        fresh.forEach(vault.unsealing()::offer);
        assertThat(TestVault.text(vault.read("one/a"))).isEqualTo("{\"v\":1}");
        assertThat(TestVault.text(vault.read("two/a"))).isEqualTo("{\"v\":1}");
    }
}
