// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.backup.Report;
import io.coffer.core.backup.Verification;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A mount whose record does not open fails alone, and is not told to be absent.
class DamagedMountTest {
    private TestVault vault = TestVault.open();
    private final Scope one = made("one");

    DamagedMountTest() {
        made("two");
    }

    private Scope made(String path) {
        assertThat(vault.write("sys/mounts/" + path, "{\"type\":\"kv\"}")).isEqualTo(Response.NO_CONTENT);
        vault.write(path + "/a", "{\"x\":1}");
        return scope(path + "/");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Scope scope(String path) {
        return vault.look(
                reader -> vault.mounts().read(reader).at(path).orElseThrow().scope());
    }

    private StorageKey record() {
        return new StorageKey(Scope.SYSTEM, "mounts/" + one);
    }

    private byte[] bytes(StorageKey key) {
        return vault.committer()
                .<byte[]>read(reader -> reader.get(key).orElseThrow().bytes().clone());
    }

    private void bend(StorageKey key) {
        Raw.bend(vault.committer(), key);
        vault = vault.restart().unseal();
    }

    private void put(StorageKey key, byte[] bytes) {
        Raw.put(vault.committer(), key, bytes);
        vault = vault.restart().unseal();
    }

    /// It is answered 500, and the log is told which record it is.
    private void assertFails(Response answer) {
        assertThat(answer).isInstanceOf(Response.Failed.class);
        assertThat(vault.events().getLast())
                .isInstanceOfSatisfying(Event.DamageMet.class, met -> assertThat(met.damage())
                        .isInstanceOf(CorruptedException.class)
                        .hasMessageContaining(record().toString()));
    }

    private Report verify() {
        Verification verification = new Verification(vault.committer(), vault.time(), (reader, scope) -> vault.mounts()
                .read(reader)
                .withUuid(scope.name())
                .isPresent());
        vault.vault().unsealed(verification::start);
        while (verification.report().isUnderWay()) {
            vault.vault().unsealed(verification::step);
        }
        return verification.report();
    }

    @Test
    void everythingElseIsServed() {
        bend(record());
        assertThat(show(vault.read("two/a"))).contains("{\"x\":1}");
        assertThat(show(vault.write("two/b", "{\"x\":2}"))).isEqualTo("204");
        assertThat(vault.read("auth/token/lookup-self")).isInstanceOf(Response.Ok.class);
        assertThat(vault.write("sys/verify", "{}")).isInstanceOf(Response.Ok.class);
        assertThat(show(vault.write("sys/rotate", "{\"rewrap\":true}"))).isEqualTo("204");
        assertThat(show(vault.write("sys/mounts/two/tune", "{\"description\":\"as before\"}")))
                .isEqualTo("204");
        assertThat(show(vault.write("sys/mounts/two/x", "{\"type\":\"kv\"}"))).contains("existing mount at two/");
        assertThat(show(vault.delete("sys/mounts/two"))).isEqualTo("204");
        assertThat(show(vault.write("sys/seal", ""))).isEqualTo("204");
    }

    @Test
    void listsTellThatItIsLeftOut() {
        bend(record());
        for (String path : List.of("sys/mounts", "sys/auth")) {
            assertThat(vault.read(path))
                    .isInstanceOfSatisfying(Response.Ok.class, answer -> assertThat(answer.warnings())
                            .singleElement()
                            .asString()
                            .contains("cannot be read", record().toString()));
        }
        assertThat(TestVault.text(vault.handle(Operation.LIST, "sys/keys", "")))
                .contains("\"" + one + "\":{\"scope\":\"" + one + "\",\"terms\":", "\"mount\":\"two/\"");
    }

    @Test
    void whateverNoOtherMountServesFailsAndIsNotAbsent() {
        bend(record());
        for (String path : List.of("one/a", "one", "nowhere/a", "auth/userpass/login/ann")) {
            assertFails(vault.read(path));
            assertFails(vault.write(path, "{}"));
        }
        for (String path : List.of("sys/mounts/one", "sys/auth/one", "sys/mounts/one/tune")) {
            assertFails(vault.read(path));
        }
        for (String path : List.of("sys/mounts/one", "sys/auth/one")) {
            assertFails(vault.delete(path));
        }
    }

    @Test
    void noOtherMountTakesAPathThatMayBeIts() {
        bend(record());
        assertFails(vault.write("sys/mounts/one", "{\"type\":\"kv\"}"));
        assertFails(vault.write("sys/mounts/three", "{\"type\":\"kv\"}"));
        assertFails(vault.write("sys/auth/userpass", "{\"type\":\"userpass\"}"));
        assertFails(vault.write("sys/remount", "{\"from\":\"two\",\"to\":\"one\"}"));
        assertFails(vault.write("sys/remount", "{\"from\":\"one\",\"to\":\"three\"}"));
        assertThat(show(vault.read("two/a"))).contains("{\"x\":1}");
    }

    @Test
    void itsRecordIsNamedAndItsValuesAreNoOrphans() {
        bend(record());
        Report report = verify();
        assertThat(report.names()).containsExactly(record().toString());
        assertThat(report.orphans()).isEmpty();
    }

    @Test
    void itIsAsItWasWhenItsRecordIsWholeAgain() {
        byte[] good = bytes(record());
        bend(record());
        vault.write("sys/rotate", "{}");
        put(record(), good);
        assertThat(show(vault.read("one/a"))).contains("{\"x\":1}");
        assertThat(verify().isSound()).isTrue();
    }

    @Test
    void leasesOfAMountThatMayHaveMovedAreNotSaidToBeRevoked() {
        vault.write("sys/remount", "{\"from\":\"one\",\"to\":\"three\"}");
        bend(record());
        assertFails(vault.write("sys/leases/revoke-prefix/three", ""));
        assertThat(show(vault.write("sys/leases/revoke-prefix/two", ""))).isEqualTo("204");
    }

    @Test
    void aQuotaOfItStaysAndIsNotShownAsOneOfAll() {
        for (String path : List.of("one", "two")) {
            vault.write("sys/quotas/rate-limit/" + path, "{\"rate\":100,\"path\":\"" + path + "/\"}");
        }
        byte[] good = bytes(record());
        bend(record());
        assertFails(vault.read("sys/quotas/rate-limit/one"));
        assertThat(show(vault.read("sys/quotas/rate-limit/two"))).contains("\"path\":\"two/\"");
        put(record(), good);
        assertThat(show(vault.read("sys/quotas/rate-limit/one"))).contains("\"path\":\"one/\"");
    }

    @Test
    void noReceiptWillNameAnotherMountInItsPlace() {
        vault.write("sys/rotate", "{\"scope\":\"" + one + "\"}");
        vault.change(writer -> {
            for (StorageKey key : writer.scan(Folder.of(one), "", 100).items()) {
                writer.put(key, writer.get(key).orElseThrow());
            }
        });
        bend(record());
        assertFails(vault.write("sys/keys/" + one + "/1/destroy", ""));
    }

    @Test
    void withoutTheRecordOfAMountThatEveryVaultHasNothingIsServed() {
        bend(new StorageKey(Scope.SYSTEM, "mounts/" + scope("cubbyhole/")));
        assertThat(vault.read("two/a")).isInstanceOf(Response.Failed.class);
        assertThat(vault.events().getLast()).isInstanceOf(Event.DamageMet.class);
    }
}
