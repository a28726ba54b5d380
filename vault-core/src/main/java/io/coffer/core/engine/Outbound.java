// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Slow;

/// Fetches what others publish. The core has no sockets: whoever puts it together gives this to the engines that need
/// it.
public interface Outbound {
    /// The longest answer, in bytes.
    int LONGEST = 1 << 20;

    /// Nobody can be asked.
    Outbound NONE = (url, trusted, slow) -> new Outcome.Failed("this vault asks nobody");

    /// @param url with `http://` or `https://`
    /// @param trusted certificates in PEM that are trusted instead of the system's; empty for the system's
    Outcome get(String url, String trusted, Slow slow);

    /// What came back.
    sealed interface Outcome {
        record Answered(byte[] body) implements Outcome {}

        /// @param why for the operator; it repeats nothing of what was asked or answered
        record Failed(String why) implements Outcome {}
    }
}
