// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.List;
import picocli.AutoComplete;

/// Prints the script that completes commands and flags.
final class CompletionCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "bash|zsh",
                "Prints a script that completes commands and flags. For bash: source <(coffer completion bash)",
                List.of(),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        String shell = call.arguments().word(0);
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw Failure.local("there is completion for bash and for zsh");
        }
        // One script for both: it turns on zsh's emulation of bash's completion by itself.
        call.output().text(AutoComplete.bash("coffer", Help.everything()));
        return 0;
    }
}
