// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.secret.Secret;
import java.util.Arrays;

/// HKDF-SHA256 (RFC 5869): other keys out of one.
///
/// Written out here because the JDK's own leaves its intermediate keys on the heap.
public final class Hkdf {
    /// The most bytes that one derivation gives.
    public static final int MAX_BYTES = 255 * Hmac.BYTES;

    private Hkdf() {}

    /// Derives a secret of this length. The input stays the caller's.
    ///
    /// @param salt need not be secret; may be empty
    /// @param info tells apart what the secret is for: another purpose gives an unrelated secret
    public static Secret derive(Secret input, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalArgumentException("HKDF gives 1 to " + MAX_BYTES + " bytes, not " + length);
        }
        var extracting = salt.length == 0 ? new byte[Hmac.BYTES] : salt;
        try (var extracted = input.use(bytes -> Secret.takeFrom(Hmac.once(extracting, bytes)));
                var hmac = Hmac.of(extracted)) {
            return expand(hmac, info, length);
        }
    }

    private static Secret expand(Hmac hmac, byte[] info, int length) {
        var output = new byte[length];
        var block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += Hmac.BYTES, counter++) {
            var next = hmac.authenticate(block, info, new byte[] {(byte) counter});
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, output, done, Math.min(Hmac.BYTES, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return Secret.takeFrom(output);
    }
}
