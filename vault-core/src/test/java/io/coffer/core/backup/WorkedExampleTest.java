// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.SealRecordFormat;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.vault.Vault;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The example of docs/format.md, opened by the code and step by step as the page says.
class WorkedExampleTest {
    private static final byte[] FORMAT = {1};
    private static final byte[] ONE = AssociatedData.number(1);

    private MemoryDisk disk;
    private List<String> shares;
    private String page;

    @BeforeEach
    void load() throws IOException {
        Path files = Path.of("src/test/resources/format");
        disk = ExampleStore.imported(Files.readString(files.resolve("example.jsonl")));
        shares = Files.readAllLines(files.resolve("example-shares.txt"));
        page = Files.readString(Path.of("../docs/format.md")).replaceAll("\\s", "");
    }

    @Test
    void anyThreeSharesOpenTheStoreThatWasWrittenThen() {
        for (List<String> three : List.of(shares.subList(0, 3), shares.subList(2, 5), picked())) {
            Vault vault = ExampleStore.vault(disk, new SecureRandom());
            try (Secret unsealKey = ExampleStore.joined(three)) {
                vault.unseal(1, unsealKey, barrier -> {});
            }
            String value = vault.unsealed(barrier -> barrier.read(reader ->
                    new String(reader.get(ExampleStore.SECRET).orElseThrow().bytes(), StandardCharsets.UTF_8)));
            assertThat(value).isEqualTo(ExampleStore.PLAINTEXT);
        }
    }

    @Test
    void twoSharesDoNot() {
        Vault vault = ExampleStore.vault(disk, new SecureRandom());
        try (Secret unsealKey = ExampleStore.joined(shares.subList(0, 2))) {
            assertThatThrownBy(() -> vault.unseal(1, unsealKey, barrier -> {}))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void thePageShowsEachStepAsItIs() throws GeneralSecurityException {
        SealRecord seal = SealRecordFormat.decode(new Ciphertext(stored(SealRecordFormat.KEY)));
        byte[] store = seal.storeId().bytes();
        picked().forEach(this::shown);
        commitment(seal, store);

        byte[] unsealKey = ExampleStore.joined(picked()).copy();
        shown(unsealKey);
        byte[] sealContext = AssociatedData.of("coffer/seal", store, ONE, new byte[] {1});
        byte[] rootKey = opened(unsealKey, seal.rootKey().sealed(), 0, sealContext);

        byte[] keyringContext = AssociatedData.of("coffer/keyring", store, FORMAT, ONE);
        byte[] keys = opened(rootKey, stored(new StorageKey(Scope.KEYRING, "keys")), 5, keyringContext);
        byte[] mount = entry(key(keys), store, "keys", ExampleStore.UUID);
        byte[] value = entry(key(mount), store, ExampleStore.UUID, "data/app/1");

        assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo(ExampleStore.PLAINTEXT);
        assertThat(page).contains(ExampleStore.PLAINTEXT.replaceAll("\\s", ""));
        messageKey(key(mount), stored(ExampleStore.SECRET));
    }

    /// XAES-256-GCM as the page describes it, with nothing but AES and AES-GCM.
    private void messageKey(byte[] key, byte[] entry) throws GeneralSecurityException {
        Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
        ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        BigInteger doubled = new BigInteger(1, ecb.doFinal(new byte[16])).shiftLeft(1);
        BigInteger k1 = doubled.testBit(128) ? doubled.clearBit(128).xor(BigInteger.valueOf(0x87)) : doubled;
        byte[] messageKey = new byte[32];
        for (int i = 0; i < 2; i++) {
            byte[] block = new byte[16];
            block[1] = (byte) (i + 1);
            block[2] = 'X';
            System.arraycopy(entry, 5, block, 4, 12);
            byte[] masked = HexFormat.of().parseHex("%032x".formatted(new BigInteger(1, block).xor(k1)));
            System.arraycopy(ecb.doFinal(masked), 0, messageKey, 16 * i, 16);
        }
        shown("%032x".formatted(k1));
        shown(messageKey);
        shown(Arrays.copyOfRange(entry, 5, 17));
        shown(Arrays.copyOfRange(entry, 17, 29));
    }

    private void commitment(SealRecord seal, byte[] store) {
        byte[] share = HexFormat.of().parseHex(shares.getFirst());
        byte[] x = {share[32]};
        byte[] message = AssociatedData.of("coffer/share", store, ONE, x, Arrays.copyOf(share, 32));
        byte[] salt = seal.commitments().salt();
        shown(salt);
        shown(message);
        shown(Hmac.once(salt, message));
        assertThat(Hmac.once(salt, message))
                .isEqualTo(seal.commitments().values().getFirst());
    }

    private byte[] entry(byte[] key, byte[] store, String scope, String path) {
        byte[] context = AssociatedData.of(
                "coffer/entry", store, FORMAT, ONE, AssociatedData.text(scope), AssociatedData.text(path));
        return opened(key, stored(new StorageKey(new Scope(scope), path)), 5, context);
    }

    private byte[] opened(byte[] key, byte[] record, int at, byte[] context) {
        shown(record);
        shown(context);
        try (Secret secret = Secret.takeFrom(key.clone());
                AeadKey aead = AeadKey.of(Algorithm.XAES_256_GCM, secret)) {
            byte[] plain = aead.decryptFrom(record, at, context);
            if (plain[0] != '{') {
                shown(plain);
            }
            return plain;
        }
    }

    /// The key of term 1, read by hand and compared with what the code reads.
    private static byte[] key(byte[] keyring) {
        byte[] key = Arrays.copyOfRange(keyring, keyring.length - 32, keyring.length);
        try (Keyring decoded = KeyringFormat.decode(keyring, term -> Optional.empty());
                Secret byHand = Secret.takeFrom(key.clone());
                AeadKey aead = AeadKey.of(Algorithm.XAES_256_GCM, byHand)) {
            byte[] nonce = new byte[24];
            byte[] message = decoded.key(KeyTerm.FIRST).orElseThrow().aead().encrypt(nonce, FORMAT, ONE);
            assertThat(aead.decrypt(nonce, message, ONE)).isEqualTo(FORMAT);
        }
        return key;
    }

    private void shown(byte[] bytes) {
        shown(HexFormat.of().formatHex(bytes));
    }

    private void shown(String hex) {
        assertThat(page.contains(hex)).as("docs/format.md shows " + hex).isTrue();
    }

    private byte[] stored(StorageKey key) {
        try (Disk.View view = disk.view()) {
            return view.get(Family.KEYS, key.encoded())
                    .or(() -> view.get(Family.ENTRIES, key.encoded()))
                    .orElseThrow();
        }
    }

    private List<String> picked() {
        return List.of(shares.get(0), shares.get(2), shares.get(4));
    }
}
