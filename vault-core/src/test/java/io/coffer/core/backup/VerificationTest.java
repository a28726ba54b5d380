// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every value of the store is opened, and what is wrong is named.
class VerificationTest {
    private static final int VALUES = 1_200;

    private final TestVault vault = TestVault.open();
    private final Verification verification =
            new Verification(vault.committer(), vault.time(), (reader, scope) -> vault.mounts()
                    .read(reader)
                    .withUuid(scope.name())
                    .isPresent());

    VerificationTest() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/a", "{\"v\":1}");
        vault.change(writer -> {
            for (int i = 0; i < VALUES; i++) {
                writer.put(key(i), new Plaintext(new byte[] {(byte) i}));
            }
        });
        vault.write("sys/rotate", "");
        vault.write("one/b", "{\"v\":2}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private static StorageKey key(int number) {
        return new StorageKey(Scope.LEASES, "x/" + number);
    }

    private Report verify() {
        vault.vault().unsealed(verification::start);
        while (verification.report().isUnderWay()) {
            vault.vault().unsealed(verification::step);
        }
        return verification.report();
    }

    private byte[] raw(StorageKey key) {
        return vault.committer()
                .<byte[]>read(reader -> reader.get(key).orElseThrow().bytes().clone());
    }

    @Test
    void aSoundStoreIsSound() {
        Report report = verify();
        assertThat(report.isSound()).isTrue();
        assertThat(report.done()).isEqualTo(report.total()).isGreaterThan(VALUES);
        assertThat(report.compared()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void everyBentByteIsFoundAndNamed() {
        byte[] good = raw(key(700));
        for (int i = 0; i < good.length; i++) {
            byte[] bent = good.clone();
            bent[i] ^= 1;
            Raw.put(vault.committer(), key(700), bent);
            Report report = verify();
            assertThat(report.isSound()).as("byte %d", i).isFalse();
            assertThat(report.names()).as("byte %d", i).containsExactly(key(700).toString());
        }
        Raw.put(vault.committer(), key(700), good);
        assertThat(verify().isSound()).isTrue();
    }

    @Test
    void movedValuesAndThoseThatBelongToNothingAreNamed() {
        Raw.put(vault.committer(), key(3), raw(key(4)));
        Scope nobody = new Scope("nobody");
        Raw.put(vault.committer(), new StorageKey(nobody, "x"), raw(key(5)));
        Report report = verify();
        assertThat(report.names()).containsExactly("leases:x/3", "nobody:x");
        assertThat(report.orphans()).containsExactly("nobody");
        vault.change(writer -> {
            writer.createKeyring(new Scope("unmounted"), vault.time().now());
            writer.put(new StorageKey(new Scope("unmounted"), "x"), new Plaintext(new byte[] {1}));
        });
        assertThat(verify().orphans()).containsExactly("nobody", "unmounted");
    }

    @Test
    void aBentKeyringIsNamedAndTheOtherScopesAreVerifiedAllTheSame() {
        StorageKey record = new StorageKey(Scope.KEYS, "tokens");
        byte[] bent = raw(record);
        bent[40] ^= 1;
        Raw.put(vault.committer(), record, bent);
        TestVault again = vault.restart().unseal();
        Verification other = new Verification(again.committer(), again.time(), (reader, scope) -> true);
        again.vault().unsealed(other::start);
        while (other.report().isUnderWay()) {
            again.vault().unsealed(other::step);
        }
        assertThat(other.report().names()).contains(record.toString());
        assertThat(other.report().orphans()).containsExactly("tokens");
        assertThat(other.report().done()).isGreaterThan(VALUES);
        again.close();
    }

    @Test
    void aSealEndsIt() {
        vault.vault().unsealed(verification::start);
        vault.vault().unsealed(verification::step);
        vault.vault().seal();
        vault.unseal();
        assertThat(vault.vault().unsealed(verification::step)).isNotEqualTo(Optional.empty());
        assertThat(verification.report().interrupted()).isTrue();
        assertThat(verify().isSound()).isTrue();
    }

    @Test
    void whoeverAsksRightAfterAnUnsealGetsANewOne() {
        vault.vault().unsealed(verification::start);
        vault.vault().unsealed(verification::step);
        vault.vault().seal();
        vault.unseal();
        assertThat(verify().interrupted()).isFalse();
        assertThat(verification.report().isSound()).isTrue();
    }
}
