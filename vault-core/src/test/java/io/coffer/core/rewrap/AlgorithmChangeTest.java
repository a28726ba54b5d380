// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A term carries its algorithm: another one is a rotation and a rewrap.
class AlgorithmChangeTest {
    private static final StorageKey KEY = new StorageKey(Scope.LEASES, "of/this/test");
    private static final String SECRET = "the secret";

    private static TestVault filled() {
        TestVault vault = TestVault.open();
        vault.change(writer -> writer.put(KEY, Moving.plain(SECRET)));
        return vault;
    }

    private static byte[] raw(TestVault vault) {
        return vault.committer()
                .<byte[]>read(reader -> reader.get(KEY).orElseThrow().bytes().clone());
    }

    private static boolean reads(TestVault vault) {
        return new String(
                        vault.look(reader -> reader.get(KEY).orElseThrow()).bytes(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .equals(SECRET);
    }

    @Test
    void everyScopeGoesToAesAndBackAndEveryValueReads() {
        try (TestVault vault = filled()) {
            int length = raw(vault).length;
            for (String algorithm : List.of("aes256-gcm", "xaes256-gcm")) {
                assertThat(vault.write("sys/rotate", "{\"algorithm\":\"" + algorithm + "\",\"rewrap\":true}"))
                        .isEqualTo(Response.NO_CONTENT);
                assertThat(reads(vault)).isTrue();
                assertThat(Moving.runOut(vault)).isFalse();
                Moving.checkAllMoved(vault);
                for (Scope scope : Moving.scopes(vault)) {
                    assertThat(vault.look(reader -> reader.primary(scope).orElseThrow())
                                    .algorithm()
                                    .wireName())
                            .isEqualTo(algorithm);
                }
                assertThat(raw(vault)).hasSize(algorithm.startsWith("x") ? length : length - 12);
                assertThat(reads(vault)).isTrue();
            }
            TestVault again = vault.restart().unseal();
            assertThat(reads(again)).isTrue();
            again.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xaes256-gcm", "aes256-gcm"})
    void everyBentByteIsFoundAndTheRewrapPassesItOver(String algorithm) {
        try (TestVault vault = filled()) {
            vault.write("sys/rotate", "{\"algorithm\":\"" + algorithm + "\",\"rewrap\":true}");
            assertThat(Moving.runOut(vault)).isFalse();
            byte[] sound = raw(vault);
            vault.write("sys/rotate", "{\"scope\":\"leases\"}");
            for (int i = 0; i < sound.length; i++) {
                byte[] bent = sound.clone();
                bent[i] ^= (byte) (i == 4 ? 4 : 1);
                put(vault, bent);
                vault.write("sys/rewrap", "{\"scope\":\"leases\"}");
                assertThat(Moving.runOut(vault)).isFalse();
                assertThat(raw(vault)).as("byte %d", i).isEqualTo(bent);
                assertThat(TestVault.text(vault.read("sys/rewrap")))
                        .as("byte %d", i)
                        .contains("\"values_skipped\":1,\"skipped\":[\"" + KEY + "\"]");
            }
            put(vault, sound);
            vault.write("sys/rewrap", "{\"scope\":\"leases\"}");
            assertThat(Moving.runOut(vault)).isFalse();
            Moving.checkAllMoved(vault);
            assertThat(reads(vault)).isTrue();
        }
    }

    private static void put(TestVault vault, byte[] bytes) {
        vault.committer()
                .write(writer -> {
                    writer.put(KEY, new Ciphertext(bytes.clone()));
                    return true;
                })
                .toCompletableFuture()
                .join();
    }

    @Test
    void aNewTermOfKeysGetsTheOtherKeyringsAtOnce() {
        try (TestVault vault = filled()) {
            vault.write("sys/rotate", "{\"scope\":\"keys\"}");
            assertThat(Moving.scan(vault.committer(), Scope.KEYS)).containsKey(1);
            vault.write("sys/rotate", "{\"scope\":\"keys\",\"rewrap\":true}");
            assertThat(Moving.scan(vault.committer(), Scope.KEYS)).containsOnlyKeys(3);
            assertThat(reads(vault)).isTrue();
        }
    }

    @Test
    void onlyAlgorithmsThatAreThereAreTaken() {
        try (TestVault vault = filled()) {
            assertThat(vault.write("sys/rotate", "{\"algorithm\":\"rot13\"}"))
                    .isEqualTo(new Response.Invalid("'algorithm' is xaes256-gcm or aes256-gcm"));
            assertThat(vault.write("sys/rotate", "{\"scope\":\"leases\",\"term\":1}"))
                    .isInstanceOf(Response.Invalid.class);
        }
    }
}
