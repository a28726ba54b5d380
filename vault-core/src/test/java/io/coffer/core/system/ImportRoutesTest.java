// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static io.coffer.core.request.Told.data;
import static io.coffer.core.request.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.TestVault;
import io.coffer.core.crypto.WrappingKey;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Keys that come from elsewhere and go to another vault.
class ImportRoutesTest {
    private static final StorageKey VALUE = new StorageKey(Scope.LEASES, "of/this/test");

    private static String publicKey(TestVault vault) {
        return text(data(vault.read("sys/wrapping-key")), "public_key");
    }

    private static String wrapped(TestVault vault, Secret key) {
        PublicKey recipient = WrappingKey.recipient(publicKey(vault)).orElseThrow();
        return Base64.getEncoder().encodeToString(WrappingKey.wrap(recipient, key, TestVault.seeded(3)));
    }

    private static String body(String name, String value) {
        return "{\"" + name + "\":\"" + value.replace("\n", "\\n") + "\"}";
    }

    private static List<TermInfo> terms(TestVault vault) {
        return vault.look(reader -> reader.terms(Scope.LEASES));
    }

    private static Secret someKey() {
        return Secret.random(32, TestVault.seeded(9));
    }

    @Test
    void aKeyArrivesAsAvailableAndARotationMakesItThePrimary() {
        try (TestVault vault = TestVault.open();
                Secret key = someKey()) {
            assertThat(publicKey(vault)).isEqualTo(publicKey(vault)).startsWith("-----BEGIN PUBLIC KEY-----\n");
            Json.Obj added = data(vault.write("sys/keys/leases/import", body("ciphertext", wrapped(vault, key))));
            assertThat(added.get("term")).isEqualTo(Json.of(2));
            assertThat(terms(vault).getLast().status()).isEqualTo(KeyStatus.AVAILABLE);
            vault.change(writer -> writer.put(VALUE, new Plaintext(new byte[] {1})));
            assertThat(term(vault)).isEqualTo(1);
            assertThat(vault.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}"))
                    .isEqualTo(Response.NO_CONTENT);
            assertThat(terms(vault).stream().map(TermInfo::status))
                    .containsExactly(KeyStatus.DEPRECATED, KeyStatus.PRIMARY);
            vault.change(writer -> writer.put(VALUE, new Plaintext(new byte[] {2})));
            assertThat(term(vault)).isEqualTo(2);
            assertThat(vault.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}"))
                    .isInstanceOf(Response.Invalid.class);
            TestVault again = vault.restart().unseal();
            assertThat(again.look(reader -> reader.get(VALUE).orElseThrow()).bytes())
                    .containsExactly(2);
            again.close();
        }
    }

    /// Else it would encrypt, and be destroyed as soon as its values have moved on.
    @Test
    void aKeyThatWaitsToBeDestroyedBecomesNoPrimaryUntilItIsRestored() {
        try (TestVault vault = TestVault.open();
                Secret key = someKey()) {
            data(vault.write("sys/keys/leases/import", body("ciphertext", wrapped(vault, key))));
            data(vault.write("sys/keys/leases/2/destroy", ""));
            assertThat(vault.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}"))
                    .isInstanceOf(Response.Invalid.class);
            assertThat(terms(vault).stream().map(TermInfo::status))
                    .containsExactly(KeyStatus.PRIMARY, KeyStatus.AVAILABLE);
            vault.write("sys/keys/leases/2/restore", "");
            assertThat(vault.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}"))
                    .isEqualTo(Response.NO_CONTENT);
        }
    }

    private static int term(TestVault vault) {
        return vault.committer()
                .<Integer>read(reader -> reader.get(VALUE).orElseThrow().term());
    }

    @Test
    void aPromotedKeyIsTheSameInTheOtherVault() {
        try (TestVault one = TestVault.open();
                TestVault other = TestVault.open()) {
            Json.Obj wrapped = data(one.write("sys/keys/leases/promote", body("public_key", publicKey(other))));
            assertThat(text(wrapped, "algorithm")).isEqualTo("xaes256-gcm");
            other.write("sys/keys/leases/import", body("ciphertext", text(wrapped, "ciphertext")));
            other.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}");
            assertThat(key(other)).isEqualTo(key(one));
            assertThat(one.write("sys/keys/leases/import", body("ciphertext", text(wrapped, "ciphertext"))))
                    .as("it was wrapped for the other")
                    .isInstanceOf(Response.Invalid.class);
        }
    }

    private static byte[] key(TestVault vault) {
        byte[][] copy = new byte[1][];
        vault.change(writer -> copy[0] =
                writer.lendPrimary(Scope.LEASES, (info, key) -> key.copy()).orElseThrow());
        return copy[0];
    }

    /// Else the receipt of one term would be signed while the record of the other opens what was under it.
    @Test
    void aKeyThatTheScopeHasIsRefusedUnderAnyAlgorithmUntilItIsDestroyed() {
        try (TestVault vault = TestVault.open();
                Secret key = someKey()) {
            Json.Obj own = data(vault.write("sys/keys/leases/promote", body("public_key", publicKey(vault))));
            assertThat(vault.write("sys/keys/leases/import", body("ciphertext", text(own, "ciphertext"))))
                    .as("its primary")
                    .isEqualTo(new Response.Invalid("the scope has this key already, as term 1"));
            String wrapped = wrapped(vault, key);
            data(vault.write("sys/keys/leases/import", body("ciphertext", wrapped)));
            for (String algorithm : List.of("xaes256-gcm", "aes256-gcm")) {
                String again = "{\"algorithm\":\"" + algorithm + "\",\"ciphertext\":\"" + wrapped + "\"}";
                assertThat(vault.write("sys/keys/leases/import", again))
                        .as(algorithm)
                        .isEqualTo(new Response.Invalid("the scope has this key already, as term 2"));
            }
            assertThat(terms(vault)).hasSize(2);
            vault.change(writer -> writer.destroy(Scope.LEASES, new KeyTerm(2)));
            assertThat(data(vault.write("sys/keys/leases/import", body("ciphertext", wrapped)))
                            .get("term"))
                    .isEqualTo(Json.of(3));
        }
    }

    @Test
    void everyBentByteOfAWrappedKeyIsRefused() {
        byte[] pkcs8 = WrappingKey.generate(TestVault.seeded(4));
        PublicKey recipient =
                WrappingKey.recipient(WrappingKey.publicPem(pkcs8)).orElseThrow();
        try (Secret key = someKey()) {
            byte[] good = WrappingKey.wrap(recipient, key, TestVault.seeded(5));
            try (Secret back = WrappingKey.unwrap(pkcs8, good)) {
                assertThat(back.sameAs(key)).isTrue();
            }
            for (int i = 0; i < good.length; i += i < 500 ? 37 : 1) {
                byte[] bent = good.clone();
                bent[i] ^= 1;
                Assertions.assertThatThrownBy(() -> WrappingKey.unwrap(pkcs8, bent))
                        .as("byte %d", i)
                        .isInstanceOf(AuthenticationFailedException.class);
            }
            for (int length : new int[] {0, 511, 512, 513, good.length - 8, good.length - 1}) {
                Assertions.assertThatThrownBy(() -> WrappingKey.unwrap(pkcs8, Arrays.copyOf(good, length)))
                        .as("length %d", length)
                        .isInstanceOf(AuthenticationFailedException.class);
            }
        }
    }

    @Test
    void whatIsNoKeyOrNoScopeIsRefused() {
        try (TestVault vault = TestVault.open();
                Secret key = someKey();
                Secret shorter = Secret.random(16, TestVault.seeded(9))) {
            String good = wrapped(vault, key);
            assertThat(vault.write("sys/keys/leases/import", body("ciphertext", wrapped(vault, shorter))))
                    .isInstanceOf(Response.Invalid.class);
            for (String scope : List.of("keys", "keyring", "seal", "nobody")) {
                assertThat(vault.write("sys/keys/" + scope + "/import", body("ciphertext", good)))
                        .as(scope)
                        .isInstanceOf(Response.Invalid.class);
                assertThat(vault.write("sys/keys/" + scope + "/promote", body("public_key", publicKey(vault))))
                        .as(scope)
                        .isInstanceOf(Response.Invalid.class);
            }
            for (String bad : List.of("", "x", "AAAA", "-----BEGIN PUBLIC KEY-----")) {
                assertThat(vault.write("sys/keys/leases/import", body("ciphertext", bad)))
                        .as(bad)
                        .isInstanceOf(Response.Invalid.class);
                assertThat(vault.write("sys/keys/leases/promote", body("public_key", bad)))
                        .as(bad)
                        .isInstanceOf(Response.Invalid.class);
            }
            assertThat(terms(vault)).hasSize(1);
        }
    }

    @Test
    void killedAtEachWriteOfAnImportItIsThereOrCleanlyAbsentAndEveryValueReads() {
        assertThat(Kill.atEach(ImportRoutesTest::isReached)).containsOnly(3);
    }

    /// Import, promotion (which writes nothing), activation, and a value under the new term.
    private static boolean isReached(Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        vault.change(writer -> writer.put(VALUE, new Plaintext(new byte[] {1})));
        String ciphertext;
        String pem = publicKey(vault);
        try (Secret key = someKey()) {
            ciphertext = wrapped(vault, key);
        }
        disk.failAt(kill);
        boolean imported = vault.write("sys/keys/leases/import", body("ciphertext", ciphertext)) instanceof Response.Ok;
        boolean promoted = vault.write("sys/keys/leases/promote", body("public_key", pem)) instanceof Response.Ok;
        boolean active = vault.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}") == Response.NO_CONTENT;
        boolean written = vault.write("sys/mounts/later", "{\"type\":\"kv\"}") == Response.NO_CONTENT;
        try (TestVault left = vault.restart(disk.reopen()).unseal()) {
            assertThat(left.look(reader -> reader.get(VALUE).orElseThrow()).bytes())
                    .containsExactly(1);
            int terms = terms(left).size();
            assertThat(terms).isBetween(imported ? 2 : 1, 2);
            if (active) {
                assertThat(terms(left).getLast().status()).isEqualTo(KeyStatus.PRIMARY);
            }
            if (terms == 1) {
                assertThat(left.write("sys/keys/leases/import", body("ciphertext", ciphertext)))
                        .isInstanceOf(Response.Ok.class);
            }
            left.write("sys/rotate", "{\"scope\":\"leases\",\"term\":2}");
            assertThat(terms(left).getLast().status()).isEqualTo(KeyStatus.PRIMARY);
            assertThat(left.look(reader -> reader.get(VALUE).orElseThrow()).bytes())
                    .containsExactly(1);
        }
        return !(imported && promoted && active && written);
    }
}
