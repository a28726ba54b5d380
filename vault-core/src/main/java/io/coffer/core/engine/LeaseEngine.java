// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Ttl;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.Map;

/// An engine whose secrets end: what it grants is a lease, and it is asked when one is renewed or taken back.
public interface LeaseEngine extends Engine {
    /// By what rules a secret lives on.
    ///
    /// @param reader shows the mount's own scope
    /// @param facts what the grant has left for this question
    Ttl.Terms renewal(Reader<Plaintext> reader, Map<String, String> facts);

    /// Whether it needs what its mount stores to take secrets back: then a mount that is disabled keeps
    /// that until its leases are gone.
    default boolean needsDataToTakeBack() {
        return true;
    }

    /// Takes a secret back. It may be asked twice.
    ///
    /// @return why it cannot be taken back now, without any value; empty if it is done
    String takeBack(Writer<Plaintext> writer, Map<String, String> facts);
}
