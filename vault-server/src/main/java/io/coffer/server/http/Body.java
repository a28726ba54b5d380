// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// Collects the bytes of one body as they come. Each buffer that is outgrown is zeroed: a body may hold a share of a
/// key.
final class Body {
    static final byte[] EMPTY = new byte[0];

    private static final int FIRST_BYTES = 4 << 10;

    private final Admission admission;
    private final int most;
    private final long declared;
    private byte[] bytes = EMPTY;
    private int length;
    private long reserved;

    /// @param declared its length as its head says; negative if it does not
    Body(Admission admission, int most, long declared) {
        this.admission = admission;
        this.most = most;
        this.declared = declared;
    }

    /// @throws Refusal if the body is too large, or if all bodies together are
    void add(Buffer chunk) {
        int added = chunk.length();
        if (added > most - length) {
            throw new Refusal(413, "http: request body too large");
        }
        if (!admission.reserve(added)) {
            throw new Refusal(503, "too many large request bodies at once; try again later");
        }
        reserved += added;
        if (length + added > bytes.length) {
            grow(length + added);
        }
        chunk.getBytes(bytes, length);
        length += added;
    }

    private void grow(int needed) {
        long doubled = Math.max(Math.max(needed, FIRST_BYTES), 2L * bytes.length);
        int size = (int) Math.min(most, declared >= needed ? Math.min(declared, doubled) : doubled);
        byte[] larger = Arrays.copyOf(bytes, size);
        Arrays.fill(bytes, (byte) 0);
        bytes = larger;
    }

    /// The whole body, for somebody else to zero.
    byte[] take() {
        byte[] whole = bytes;
        if (whole.length != length) {
            whole = Arrays.copyOf(bytes, length);
            Arrays.fill(bytes, (byte) 0);
        }
        bytes = EMPTY;
        return whole;
    }

    /// Zeroes what was not taken and gives back what was reserved. To be called once, when nobody needs the body any
    /// more.
    void close() {
        Arrays.fill(bytes, (byte) 0);
        bytes = EMPTY;
        admission.release(reserved);
        reserved = 0;
    }
}
