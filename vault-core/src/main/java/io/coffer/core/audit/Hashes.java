// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.crypto.Hmac;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What a device's key makes of texts, and what stands in its lines for those who call again and again: their token
/// and accessor are the same each time, and so are the HMACs of these. Kept with the open vault and closed when it
/// seals.
final class Hashes implements AutoCloseable {
    /// The most callers that are known; one more, and all are forgotten.
    static final int CALLERS = 4_096;

    private static final byte[] NOTHING = new byte[0];

    private final Hmac hmac;
    private final byte[] ofNothing;
    private final Map<AuditFacts.Subject, Named> callers = new ConcurrentHashMap<>();

    /// A caller in a line, as bytes of it. Without any text in clear that the device's options hide.
    ///
    /// @param inAuth who he is
    /// @param inRequest what he showed
    record Named(byte[] inAuth, byte[] inRequest) {}

    Hashes(Hmac hmac) {
        this.hmac = hmac;
        this.ofNothing = hmac.authenticate(NOTHING);
    }

    byte[] of(byte[] value) {
        return value.length == 0 ? ofNothing : hmac.authenticate(value);
    }

    /// @param caller whose name is derived from his token, so that no two tokens share one
    Named of(AuditFacts.Subject caller, Supplier<Named> make) {
        Named known = callers.get(caller);
        if (known != null) {
            return known;
        }
        if (callers.size() >= CALLERS) {
            callers.clear();
        }
        Named made = make.get();
        callers.put(caller, made);
        return made;
    }

    int known() {
        return callers.size();
    }

    @Override
    public void close() {
        hmac.close();
        callers.clear();
    }
}
