// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The field is small enough to be proved: every case, no sample.
class Gf256Test {
    @Test
    void theWholeProductTableIsTheKnownOne() throws Exception {
        var table = new byte[256 * 256];
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                table[a * 256 + b] = (byte) Gf256.multiply(a, b);
            }
        }
        var digest = MessageDigest.getInstance("SHA-256").digest(table);
        assertEquals(ShamirVectors.load().productTableSha256(), HexFormat.of().formatHex(digest));
    }

    @Test
    void theWholeInverseTableIsTheKnownOne() throws Exception {
        var table = new byte[256];
        for (int a = 0; a < 256; a++) {
            table[a] = (byte) Gf256.inverse(a);
        }
        assertEquals(ShamirVectors.load().inverseTable(), HexFormat.of().formatHex(table));
    }

    @Test
    void everyProductIsThatOfThePolynomialsModulo11b() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                assertEquals(schoolbook(a, b), Gf256.multiply(a, b), a + " * " + b);
            }
        }
    }

    /// The product of the polynomials, then the division by the modulus with its rest.
    private static int schoolbook(int a, int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            if ((b & 1 << bit) != 0) {
                product ^= a << bit;
            }
        }
        for (int bit = 14; bit >= 8; bit--) {
            if ((product & 1 << bit) != 0) {
                product ^= 0x11b << bit - 8;
            }
        }
        return product;
    }

    @Test
    void everyElementButZeroTimesItsInverseIsOne() {
        assertEquals(0, Gf256.inverse(0));
        for (int a = 1; a < 256; a++) {
            assertEquals(1, Gf256.multiply(a, Gf256.inverse(a)), "inverse of " + a);
        }
    }

    @Test
    void multiplyingDistributesOverAddingAndAssociates() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                for (int c = 0; c < 256; c += 5) {
                    assertEquals(
                            Gf256.add(Gf256.multiply(a, b), Gf256.multiply(a, c)), Gf256.multiply(a, Gf256.add(b, c)));
                    assertEquals(Gf256.multiply(Gf256.multiply(a, b), c), Gf256.multiply(a, Gf256.multiply(b, c)));
                }
            }
        }
    }
}
