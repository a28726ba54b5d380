// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.crypto.SigningKey;
import io.coffer.core.engine.Golden;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The records of the life of keys, and a receipt, as they were ever written.
class TermRecordsTest {
    private static final byte[] STORE = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    private static SigningKey key() {
        byte[] seed = new byte[SigningKey.BYTES];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        try (Secret secret = Secret.takeFrom(seed)) {
            return new SigningKey(secret);
        }
    }

    @Test
    void aDestructionIsReadAsItWasWritten() {
        Destruction waiting = Golden.of("term/waiting-1.json").holds(Destruction::read, Destruction::write);
        assertThat(waiting.state()).isEqualTo(new Destruction.State.Waiting(Instant.parse("2026-11-27T12:00:00Z"), ""));
        assertThat(waiting.id()).isEqualTo(waiting.scope() + ".1");
        Destruction erasing = Golden.of("term/erasing-1.json").holds(Destruction::read, Destruction::write);
        assertThat(erasing.state()).isInstanceOf(Destruction.State.Erasing.class);
    }

    @Test
    void momentsAreReadAsTheyWereWritten() {
        assertThat(Golden.of("term/uses-1.json").holds(LastUses::read, LastUses::write))
                .containsOnlyKeys(new KeyTerm(1), new KeyTerm(12));
        assertThat(Golden.of("term/deprecated-1.json").holds(Deprecations::read, Deprecations::write))
                .isEqualTo(Instant.parse("2026-11-24T12:00:00.5Z"));
    }

    @Test
    void aRuleOfRotationIsReadAsItWasWritten() {
        String text = Golden.of("term/rotation-1.json").text();
        StorageKey key = new StorageKey(Scope.SYSTEM, "rotation/config");
        try (TestVault vault = TestVault.open()) {
            vault.change(writer -> writer.put(key, new Plaintext(text.getBytes(StandardCharsets.UTF_8))));
            vault.change(writer -> {
                assertThat(RotationConfig.general(writer).maxOperations()).isEqualTo(5);
                RotationConfig.general(writer).write(writer, Optional.empty());
            });
            assertThat(new String(
                            vault.look(reader -> reader.get(key).orElseThrow()).bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    /// The file was signed by another program, which knows only the page on formats.
    @Test
    void aReceiptIsWhatAnotherProgramSignsWithTheSameKey() {
        String text = Golden.of("term/receipt-1.json").text();
        Destruction done = Golden.of("term/erasing-1.json").holds(Destruction::read, Destruction::write);
        try (SigningKey key = key()) {
            if (done.state() instanceof Destruction.State.Erasing state) {
                Json.Obj receipt =
                        Receipt.of(done, state, StoreId.of(STORE), Instant.parse("2026-11-27T12:00:01.25Z"), key);
                assertThat(new String(JsonText.write(receipt), StandardCharsets.UTF_8))
                        .isEqualTo(text);
                assertThat(Receipt.check(receipt, key.publicKey())).isInstanceOf(Receipt.Check.Good.class);
                assertThat(receipt.get("share_generations")).isEqualTo(new Json.Arr(List.of(Json.of(2))));
            }
        }
    }

    @Test
    void everyBentByteOfASignatureMessageOrKeyIsSeen() {
        byte[] message = "a message".getBytes(StandardCharsets.US_ASCII);
        try (SigningKey key = key()) {
            byte[] signature = key.sign(message);
            assertThat(SigningKey.verify(key.publicKey(), message, signature)).isTrue();
            for (int i = 0; i < signature.length; i++) {
                byte[] bent = signature.clone();
                bent[i] ^= 1;
                assertThat(SigningKey.verify(key.publicKey(), message, bent)).isFalse();
            }
            for (int i = 0; i < SigningKey.BYTES; i++) {
                byte[] bent = key.publicKey();
                bent[i] ^= 1;
                assertThat(SigningKey.verify(bent, message, signature)).isFalse();
            }
            assertThat(SigningKey.verify(key.publicKey(), new byte[0], signature))
                    .isFalse();
            assertThat(SigningKey.verify(new byte[0], message, signature)).isFalse();
            assertThat(SigningKey.verify(key.publicKey(), message, new byte[63]))
                    .isFalse();
        }
    }
}
