// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Deletes a policy.
final class PolicyDeleteCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("NAME", "Deletes a policy. Tokens that have it lose at once what it allows.", List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String name = PolicyFile.name(call.arguments().word(0));
        Reply reply = call.api().ask(ApiCall.delete(PolicyFile.path(name)), "deleting " + name);
        call.output().success("Deleted policy: " + Words.harmless(name));
        call.output().warnings(reply);
        return 0;
    }
}
