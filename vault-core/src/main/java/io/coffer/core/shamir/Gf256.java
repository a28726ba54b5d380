// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

/// The field of 256 elements: polynomials over GF(2) modulo x^8 + x^4 + x^3 + x + 1 (0x11b).
///
/// Elements are the ints 0 to 255. No table, and no branch or index that depends on an element, so neither
/// time nor cache tells anything about a secret.
final class Gf256 {
    private static final int MODULUS = 0x11b;

    private Gf256() {}

    /// The sum, which is the difference as well.
    static int add(int a, int b) {
        return a ^ b;
    }

    static int multiply(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < 8; bit++) {
            product ^= shifted & -(b >>> bit & 1);
            shifted = shifted << 1 ^ MODULUS & -(shifted >>> 7);
        }
        return product;
    }

    /// The element whose product with this one is 1, and 0 for 0: the power of 254.
    static int inverse(int a) {
        int power = a;
        for (int bit = 0; bit < 6; bit++) {
            power = multiply(multiply(power, power), a);
        }
        return multiply(power, power);
    }
}
