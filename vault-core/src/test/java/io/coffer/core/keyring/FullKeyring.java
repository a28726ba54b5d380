// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import io.coffer.core.crypto.Algorithm;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A keyring that holds no further term: all but the last are destroyed.
public final class FullKeyring {
    private FullKeyring() {}

    public static Keyring of(SecureRandom random, Instant now) {
        Map<KeyTerm, TermInfo> terms = new HashMap<>();
        for (int term = 1; term < Keyring.MAX_TERMS; term++) {
            KeyTerm gone = new KeyTerm(term);
            terms.put(gone, new TermInfo(gone, Algorithm.XAES_256_GCM, KeyStatus.DESTROYED, now));
        }
        KeyTerm last = new KeyTerm(Keyring.MAX_TERMS);
        terms.put(last, new TermInfo(last, Algorithm.XAES_256_GCM, KeyStatus.PRIMARY, now));
        return new Keyring(terms, Map.of(last, DataKey.random(Algorithm.XAES_256_GCM, random)));
    }
}
