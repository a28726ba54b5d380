// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import java.io.IOException;

/// Shows a person what a share is asked for, and asks before it is sent. Scripts are not asked.
record Consent(Invocation call) {
    /// @param ceremony who asks for it and what for, in whole lines
    /// @throws Failure if he does not agree; nothing was sent
    void ask(String ceremony) throws IOException {
        if (!call.asks()) {
            return;
        }
        call.output().warn(ceremony.strip() + "\n");
        String answer =
                call.terminal().readLine("Hand in your share for this? (y/N): ").strip();
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw Failure.local("stopped; no share was sent");
        }
    }
}
