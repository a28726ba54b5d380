// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.TestVault;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.StoreId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealedRootKeyTest {
    private final SecureRandom random = TestVault.seeded(12);
    private final Secret unsealKey = Secret.random(32, random);
    private final Secret rootKey = Secret.random(32, random);
    private final SealedRootKey sealed = SealedRootKey.seal(rootKey, unsealKey, Sets.STORE, 1, random);

    private void assertShut(SealedRootKey bent, Secret key, StoreId store, int generation) {
        assertThatThrownBy(() -> bent.open(key, store, generation)).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void itOpensWithItsKeyInItsPlaceAlone() {
        sealed.open(unsealKey, Sets.STORE, 1).close();
        assertShut(sealed, rootKey, Sets.STORE, 1);
        assertShut(sealed, unsealKey, new StoreId(2, 1), 1);
        assertShut(sealed, unsealKey, Sets.STORE, 2);
        for (int i = 0; i < 32; i++) {
            byte[] bent = unsealKey.copy();
            bent[i] ^= 1;
            assertShut(sealed, Secret.takeFrom(bent), Sets.STORE, 1);
        }
    }

    @Test
    void everyBentByteIsRefused() {
        for (int i = 0; i < sealed.sealed().length; i++) {
            byte[] bent = sealed.sealed().clone();
            bent[i] ^= 1;
            assertShut(new SealedRootKey(sealed.kind(), bent), unsealKey, Sets.STORE, 1);
        }
        assertThatThrownBy(() -> new SealedRootKey(sealed.kind(), new byte[71]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRootKeyIsNotInIt() {
        String hex = HexFormat.of().formatHex(sealed.sealed());
        assertThat(hex).doesNotContain(HexFormat.of().formatHex(rootKey.copy()).substring(0, 16));
        assertThat(sealed.toString()).isEqualTo("SealedRootKey[SHAMIR]");
    }

    /// Somebody who can write the disk makes the checksum fit too. Then it is no record, or none that these shares
    /// open, or it opens the same key: what was bent is then only a commitment.
    @Test
    void aRecordBentByAnAttackerOpensNothingElse() {
        Sets sets = Sets.of(1, 3, 2);
        byte[] good = SealRecordFormat.encode(SealRecord.first(Sets.STORE, sets.set()))
                .bytes();
        int size = good.length - Checksum.BYTES;
        for (int i = 0; i < size; i++) {
            byte[] bent = good.clone();
            bent[i] ^= 1;
            System.arraycopy(Checksum.of(Arrays.copyOf(bent, size)), 0, bent, size, Checksum.BYTES);
            SealRecord record;
            try {
                record = SealRecordFormat.decode(new Ciphertext(bent));
            } catch (CorruptedException named) {
                continue;
            }
            Ceremony ceremony = Ceremony.ofValid(record, "nonce", java.time.Duration.ofHours(1));
            Ceremony.Offer last = ceremony.offer(sets.share(1));
            last = last instanceof Ceremony.Offer.Counted ? ceremony.offer(sets.share(3)) : last;
            if (last instanceof Ceremony.Offer.Complete(ShareId id, Secret key)) {
                boolean sameKey = record.rootKey().equals(sets.set().rootKey());
                assertThat(opens(record, key)).as("byte %d", i).isEqualTo(sameKey);
                key.close();
            }
        }
    }

    private static boolean opens(SealRecord record, Secret key) {
        try {
            record.rootKey().open(key, record.storeId(), record.generation()).close();
            return true;
        } catch (AuthenticationFailedException shut) {
            return false;
        }
    }
}
