// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.IOException;

/// The vault could not be reached, or what came back is no answer. The message names the cause and a way
/// out, and never holds a header, a body or a query.
public class WireException extends IOException {
    private static final long serialVersionUID = 1;

    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }

    /// A connection that the other side had closed before it took the call, so that the call may be sent
    /// again.
    static final class Stale extends WireException {
        private static final long serialVersionUID = 1;

        Stale() {
            super("the connection was closed before an answer came");
        }
    }
}
