// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.time.Duration;

/// The limits at the edge that nobody configures, and why they are what they are.
final class Edge {
    /// The longest request line: the longest path with each byte percent-encoded, and a query.
    static final int REQUEST_LINE_BYTES = 16 << 10;

    /// What is left of a body that nobody wants is read and dropped up to here, so that the connection
    /// lives on; beyond, it is closed.
    static final int DROPPED_BYTES = 256 << 10;

    /// How long a connection that is to be closed is still read: a client that is still sending would be
    /// cut off before it reads why.
    static final Duration LINGER = Duration.ofSeconds(2);

    /// How often connections are looked at for being too slow, and so how much longer than its limit one may live.
    static final Duration SWEEP = Duration.ofSeconds(1);

    /// Streams of one HTTP/2 connection at one time.
    static final int STREAMS = 100;

    private Edge() {}
}
