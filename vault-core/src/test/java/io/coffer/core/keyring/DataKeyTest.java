// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.crypto.Algorithm;
import org.junit.jupiter.api.Test;

/// How much a key may encrypt.
class DataKeyTest {
    private static DataKey key(Algorithm algorithm) {
        return DataKey.takeFrom(new byte[DataKey.BYTES], algorithm);
    }

    @Test
    void aBoundedAlgorithmEndsWhereEachCommittedValueMayHaveBeenEncryptedTwice() {
        try (DataKey key = key(Algorithm.AES_256_GCM)) {
            key.spent((1L << 31) - 2);
            for (int i = 0; i < 4; i++) {
                assertThat(key.spend()).isTrue();
            }
            assertThat(key.spend()).isFalse();
            key.spent(0);
            assertThat(key.spend()).isFalse();
        }
    }

    @Test
    void theOtherHasNoBound() {
        try (DataKey key = key(Algorithm.XAES_256_GCM)) {
            key.spent(1L << 40);
            assertThat(key.spend()).isTrue();
        }
    }
}
