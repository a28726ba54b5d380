// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// What tells a share of one generation from every other string of bytes, without telling anything of the share.
///
/// A commitment is HMAC-SHA256 under the generation's random salt (32 bytes) over the label `coffer/share`,
/// store id, generation, x (one byte) and y (32 bytes), each after its length in four bytes. x is 0 for a
/// single key. A share has 256 bits of entropy, so nobody can guess it from its commitment; with
/// commitments the secrecy of the sharing is computational, not perfect.
///
/// @param generation from 1
/// @param salt 32 bytes
/// @param values in the order of x: 1 to n, or the one for x = 0
public record Commitments(int generation, byte[] salt, List<byte[]> values) {
    static final int SALT_BYTES = 32;
    static final int VALUE_BYTES = Hmac.BYTES;
    private static final String LABEL = "coffer/share";

    public Commitments {
        values = List.copyOf(values);
        if (generation < 1 || salt.length != SALT_BYTES || values.isEmpty() || values.size() > SealConfig.MAX_SHARES) {
            throw new IllegalArgumentException("commitments have a generation, a salt and 1 to 255 values");
        }
        if (values.stream().anyMatch(value -> value.length != VALUE_BYTES)) {
            throw new IllegalArgumentException("a commitment has " + VALUE_BYTES + " bytes");
        }
    }

    /// Commits to the shares of a new generation.
    ///
    /// @param shares as holders get them: y and x, or the key itself if there is one share
    public static Commitments to(StoreId storeId, int generation, List<Secret> shares, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        List<byte[]> values = new ArrayList<>();
        for (Secret share : shares) {
            values.add(share.use(bytes -> value(storeId, generation, salt, bytes)));
        }
        return new Commitments(generation, salt, values);
    }

    /// The index of the share that this is, 0 for a single key; empty if it is none of this generation.
    public OptionalInt indexOf(StoreId storeId, Secret share) {
        boolean single = values.size() == 1;
        if (share.length() != Ceremony.KEY_BYTES + (single ? 0 : 1)) {
            return OptionalInt.empty();
        }
        return share.use(bytes -> {
            int x = single ? 0 : Byte.toUnsignedInt(bytes[bytes.length - 1]);
            int at = single ? 0 : x - 1;
            boolean known = at >= 0
                    && at < values.size()
                    && MessageDigest.isEqual(values.get(at), value(storeId, generation, salt, bytes));
            return known ? OptionalInt.of(x) : OptionalInt.empty();
        });
    }

    private static byte[] value(StoreId storeId, int generation, byte[] salt, byte[] share) {
        boolean single = share.length == Ceremony.KEY_BYTES;
        byte[] x = {single ? 0 : share[share.length - 1]};
        byte[] y = Arrays.copyOf(share, Ceremony.KEY_BYTES);
        byte[] message = AssociatedData.of(LABEL, storeId.bytes(), AssociatedData.number(generation), x, y);
        try {
            return Hmac.once(salt, message);
        } finally {
            Arrays.fill(y, (byte) 0);
            Arrays.fill(message, (byte) 0);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Commitments that
                && generation == that.generation
                && Arrays.equals(salt, that.salt)
                && Arrays.deepEquals(values.toArray(), that.values.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * generation + Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "Commitments[generation " + generation + ", " + values.size() + " shares]";
    }
}
