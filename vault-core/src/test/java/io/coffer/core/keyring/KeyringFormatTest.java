// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.TestVault;
import io.coffer.core.crypto.Algorithm;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyringFormatTest {
    private static final Instant THEN = Instant.ofEpochSecond(1_800_000_000L, 5);
    private static final int FIRST_KEY_AT = 5 + 19;

    private final SecureRandom random = TestVault.seeded(3);

    private static Keyring decode(byte[] encoded) {
        return KeyringFormat.decode(encoded, term -> Optional.empty());
    }

    /// One term as it stands in a record.
    private static byte[] term(int number, int algorithm, int status, int keyLength) {
        byte[] key = new byte[keyLength];
        Arrays.fill(key, (byte) number);
        return ByteBuffer.allocate(19 + keyLength)
                .putInt(number)
                .put((byte) algorithm)
                .put((byte) status)
                .putLong(THEN.getEpochSecond())
                .putInt(THEN.getNano())
                .put((byte) keyLength)
                .put(key)
                .array();
    }

    private static byte[] record(byte[]... terms) {
        ByteBuffer all = ByteBuffer.allocate(
                5 + Arrays.stream(terms).mapToInt(term -> term.length).sum());
        all.put((byte) 1).putInt(terms.length);
        for (byte[] term : terms) {
            all.put(term);
        }
        return all.array();
    }

    @Test
    void aRecordIsTheGoldenOne() {
        byte[] record = record(term(1, 1, 4, 0), term(2, 2, 3, 32), term(5, 1, 2, 32), term(6, 1, 1, 32));
        try (Keyring keyring = decode(record)) {
            assertThat(keyring.primary()).isEqualTo(new KeyTerm(6));
            assertThat(keyring.terms())
                    .containsExactly(
                            new TermInfo(new KeyTerm(1), Algorithm.XAES_256_GCM, KeyStatus.DESTROYED, THEN),
                            new TermInfo(new KeyTerm(2), Algorithm.AES_256_GCM, KeyStatus.DEPRECATED, THEN),
                            new TermInfo(new KeyTerm(5), Algorithm.XAES_256_GCM, KeyStatus.AVAILABLE, THEN),
                            new TermInfo(new KeyTerm(6), Algorithm.XAES_256_GCM, KeyStatus.PRIMARY, THEN));
            assertThat(keyring.key(new KeyTerm(1))).isEmpty();
            assertThat(keyring.key(new KeyTerm(3))).isEmpty();
            assertThat(KeyringFormat.encode(keyring)).isEqualTo(record);
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        Keyring keyring = Keyring.create(Algorithm.AES_256_GCM, random, Instant.MIN.plusSeconds(1));
        for (int i = 0; i < 30; i++) {
            byte[] encoded = KeyringFormat.encode(keyring);
            try (Keyring read = decode(encoded)) {
                assertThat(read.terms()).isEqualTo(keyring.terms());
                assertThat(KeyringFormat.encode(read)).isEqualTo(encoded);
            }
            keyring = keyring.rotate(Algorithm.XAES_256_GCM, random, THEN.plusNanos(i));
        }
        keyring.close();
    }

    @Test
    void aCutOrGrownRecordIsRefused() {
        byte[] good = record(term(1, 1, 3, 32), term(2, 1, 1, 32));
        for (int length = 0; length <= good.length + 40; length++) {
            byte[] bent = Arrays.copyOf(good, length);
            if (length != good.length) {
                assertThatThrownBy(() -> decode(bent))
                        .as("length %d", length)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aBentRecordIsRefusedOrReadAsWhatItSays() {
        byte[] good = record(term(1, 1, 3, 32), term(2, 2, 1, 32), term(3, 1, 4, 0));
        for (int i = 0; i < good.length; i++) {
            for (int value = 0; value < 256; value++) {
                byte[] bent = good.clone();
                bent[i] = (byte) value;
                try (Keyring read = decode(bent)) {
                    assertThat(KeyringFormat.encode(read))
                            .as("byte %d is %d", i, value)
                            .isEqualTo(bent);
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageNotContaining("Index");
                }
            }
        }
    }

    @Test
    void anyBytesAreRefusedOrReadAsWhatTheySay() {
        long seed = new Random().nextLong();
        Random dice = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[dice.nextInt(120)];
            dice.nextBytes(bytes);
            if (bytes.length > 5) {
                bytes[0] = 1;
                bytes[1] = bytes[2] = bytes[3] = 0;
                bytes[4] = (byte) dice.nextInt(4);
            }
            try (Keyring read = decode(bytes)) {
                assertThat(KeyringFormat.encode(read)).as("seed %d", seed).isEqualTo(bytes);
            } catch (IllegalArgumentException refused) {
                // as it should be
            }
        }
    }

    @Test
    void impossibleKeyringsAreRefused() {
        assertRefused("a keyring has a primary term", record());
        assertRefused("a keyring has a primary term", record(term(1, 1, 3, 32)));
        assertRefused("a keyring has one primary term, not two", record(term(1, 1, 1, 32), term(2, 1, 1, 32)));
        assertRefused("the terms of a keyring stand in their order", record(term(1, 1, 3, 32), term(1, 1, 1, 32)));
        assertRefused("the terms of a keyring stand in their order", record(term(2, 1, 3, 32), term(1, 1, 1, 32)));
        assertRefused("a key term is at least 1", record(term(0, 1, 1, 32)));
        assertRefused("a key term is at least 1", record(term(-5, 1, 1, 32)));
        assertRefused("a key has 32 bytes", record(term(1, 1, 1, 0)));
        assertRefused("a key has 32 bytes", record(term(1, 1, 1, 31)));
        assertRefused("a key has 32 bytes", record(term(1, 1, 1, 200)));
        assertRefused("term 2 and its key do not fit together", record(term(1, 1, 1, 32), term(2, 1, 4, 32)));
        assertRefused("no key status has the code 5", record(term(1, 1, 5, 32)));
        assertRefused("no algorithm has the code 3", record(term(1, 3, 1, 32)));
        byte[] late = record(term(1, 1, 1, 32));
        Arrays.fill(late, 11, 19, (byte) 0x7f);
        assertRefused("a keyring with a time that is none", late);
        byte[] other = record(term(1, 1, 1, 32));
        other[0] = 2;
        assertRefused("a keyring of a version that is not known here", other);
    }

    private static void assertRefused(String message, byte[] record) {
        assertThatThrownBy(() -> decode(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aKeyThatIsKnownIsSharedIfItIsTheSame() {
        try (Keyring first = Keyring.create(Algorithm.XAES_256_GCM, random, THEN)) {
            byte[] encoded = KeyringFormat.encode(first);
            Keyring again = KeyringFormat.decode(encoded, first::key);
            assertThat(again.key(KeyTerm.FIRST))
                    .containsSame(first.key(KeyTerm.FIRST).orElseThrow());
            encoded[FIRST_KEY_AT] ^= 1;
            try (Keyring other = KeyringFormat.decode(encoded, first::key)) {
                assertThat(other.key(KeyTerm.FIRST).orElseThrow())
                        .isNotSameAs(first.key(KeyTerm.FIRST).orElseThrow());
            }
        }
    }

    /// A failed decoding closes the keys that it made, and not those that it was given.
    @Test
    void aRefusedRecordTakesNothingFromWhoeverSharesItsKeys() {
        try (Keyring first = Keyring.create(Algorithm.XAES_256_GCM, random, THEN)) {
            byte[] encoded = KeyringFormat.encode(first);
            byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
            assertThatThrownBy(() -> KeyringFormat.decode(longer, first::key))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(first.primaryKey().encrypt(new byte[24], new byte[1], new byte[0]))
                    .hasSize(17);
        }
    }
}
