// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.Debts;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A mount whose keyring does not open is disabled as any other; no receipt says what nobody could see.
class ShredObstacleTest {
    /// Its header, and the nonce that tells it from others.
    private static final int NAMED = 29;

    private TestVault vault = TestVault.open(TestVault.Setup.over(new MemoryDisk()), 1, 1);
    private Scope scope = Scope.SYSTEM;

    @BeforeEach
    void fill() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/a", "{\"x\":1}");
        scope = KeyJobs.scope(vault, "one/");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private byte[] keyring() {
        return vault.committer().<byte[]>read(reader -> reader.get(new StorageKey(Scope.KEYS, scope.name()))
                .orElseThrow()
                .bytes()
                .clone());
    }

    private void check(byte[] keyring) {
        Raw.put(vault.committer(), new StorageKey(Scope.KEYS, scope.name()), keyring);
        vault = vault.restart().unseal();
        assertThat(vault.read("one/a")).isInstanceOf(Response.Failed.class);
        assertThat(vault.delete("sys/mounts/one")).isEqualTo(Response.NO_CONTENT);
        new KeyJobs(vault).run();
        assertThat(vault.read("one/a")).isInstanceOf(Response.NotFound.class);
        assertThat(vault.read("sys/keys/" + scope)).isEqualTo(Response.ABSENT);
        assertThat(KeyJobs.live(vault, scope)).isEmpty();
        assertThat(vault.<Boolean>look(reader -> Debts.of(reader).arePaid(reader)))
                .isTrue();
        assertThat(vault.handle(Operation.LIST, "sys/receipts", "")).isEqualTo(Response.ABSENT);
        assertThat(vault.write("sys/mounts/one", "{\"type\":\"kv\"}")).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void itsKeyringIsBentAtItsEnd() {
        byte[] bent = keyring();
        bent[bent.length - 1] ^= 1;
        check(bent);
    }

    @Test
    void itsKeyringIsBentWhereItIsToldFromOthers() {
        byte[] bent = keyring();
        bent[NAMED - 1] ^= 1;
        check(bent);
    }

    @Test
    void itsKeyringIsCutToItsName() {
        check(Arrays.copyOf(keyring(), NAMED));
    }

    @Test
    void itsKeyringIsCutToItsFormat() {
        check(Arrays.copyOf(keyring(), 1));
    }
}
