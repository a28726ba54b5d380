// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;

/// One command of the client.
public interface Command {
    Shape shape();

    /// @return the exit code
    /// @throws Failure for every outcome that ends in a message
    int run(Invocation call) throws IOException;
}
