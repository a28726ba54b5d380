// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
    /// Appendix A of the paper "SipHash: a fast short-input PRF" (Aumasson, Bernstein, 2012).
    @Test
    void theExampleOfThePaperHasItsCode() {
        assertThat(new KeyedHash(counting(16)).of(counting(15))).isEqualTo(0xa129ca6149be45e5L);
    }

    @Test
    void eachHasAKeyOfItsOwn() {
        Set<Long> codes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            codes.add(KeyedHash.random().of(counting(80)));
        }
        assertThat(codes).hasSize(100);
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new KeyedHash(counting(15))).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
