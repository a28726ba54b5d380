// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Makes the ids that stand in answers, logs and audit entries: random UUIDs of version 4. They are names
/// and no secrets, so they need not be beyond guessing.
final class RequestId {
    private RequestId() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
