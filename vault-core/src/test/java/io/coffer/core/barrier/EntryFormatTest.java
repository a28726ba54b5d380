// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.TestVault;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.StorageKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryFormatTest {
    private static final StorageKey KEY = new StorageKey(Store.ONE, "a");
    private static final byte[] VALUE = {1, 2, 3};
    private static final int PRIMARY = 1;
    private static final int AVAILABLE = 2;
    private static final int DEPRECATED = 3;
    private static final int DESTROYED = 4;

    private final EntryFormat format = new EntryFormat(Store.ID);
    private final SecureRandom random = TestVault.seeded(5);

    /// A keyring of two terms with these states; the keys are always the same.
    private static Keyring keyring(int algorithm, int first, int second) {
        ByteBuffer record = ByteBuffer.allocate(200).put((byte) 1).putInt(2);
        for (int term = 1; term <= 2; term++) {
            int status = term == 1 ? first : second;
            byte[] key = new byte[status == DESTROYED ? 0 : 32];
            Arrays.fill(key, (byte) term);
            record.putInt(term)
                    .put((byte) algorithm)
                    .put((byte) status)
                    .putLong(0)
                    .putInt(0)
                    .put((byte) key.length)
                    .put(key);
        }
        return KeyringFormat.decode(Arrays.copyOf(record.array(), record.position()), term -> Optional.empty());
    }

    @Test
    void thePrimaryEncryptsAndEveryTermThatIsNotDestroyedDecrypts() {
        for (int algorithm = 1; algorithm <= 2; algorithm++) {
            Ciphertext entry;
            try (Keyring before = keyring(algorithm, PRIMARY, AVAILABLE)) {
                entry = format.encrypt(before, KEY, VALUE, random);
                assertThat(entry.term()).isEqualTo(1);
            }
            for (int status : new int[] {AVAILABLE, DEPRECATED}) {
                try (Keyring after = keyring(algorithm, status, PRIMARY)) {
                    assertThat(format.decrypt(after, KEY, entry)).isEqualTo(VALUE);
                    assertThat(format.encrypt(after, KEY, VALUE, random).term()).isEqualTo(2);
                }
            }
            try (Keyring gone = keyring(algorithm, DESTROYED, PRIMARY)) {
                assertThat(gone.key(KeyTerm.FIRST)).isEmpty();
                assertThatThrownBy(() -> format.decrypt(gone, KEY, entry))
                        .isInstanceOf(CorruptedException.class)
                        .hasMessage("the value of " + KEY + " needs term 1, whose key is not there");
            }
        }
    }

    @Test
    void anEntryOfTheShorterNonceIsAsSafeAgainstBendingAndCutting() {
        try (Keyring keyring = keyring(2, PRIMARY, AVAILABLE)) {
            byte[] good = format.encrypt(keyring, KEY, VALUE, random).bytes();
            assertThat(good).hasSize(5 + 12 + VALUE.length + 16);
            for (int i = 0; i < good.length; i++) {
                byte[] bent = good.clone();
                bent[i] ^= 1;
                assertNamed(keyring, bent);
                assertNamed(keyring, Arrays.copyOf(good, i));
            }
            assertNamed(keyring, Arrays.copyOf(good, good.length + 1));
        }
    }

    private void assertNamed(Keyring keyring, byte[] bytes) {
        assertThatThrownBy(() -> format.decrypt(keyring, KEY, new Ciphertext(bytes)))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining(KEY.toString());
    }

    @Test
    void anEntryOfOneAlgorithmIsNoneOfTheOther() {
        try (Keyring longer = keyring(1, PRIMARY, AVAILABLE);
                Keyring shorter = keyring(2, PRIMARY, AVAILABLE)) {
            Ciphertext entry = format.encrypt(longer, KEY, VALUE, random);
            assertNamed(shorter, entry.bytes());
            assertNamed(longer, format.encrypt(shorter, KEY, VALUE, random).bytes());
        }
    }
}
