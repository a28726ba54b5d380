// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import io.coffer.server.cli.output.Scalars;
import java.util.List;

/// Prints a policy as it was written.
final class PolicyReadCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("NAME", "Prints the text of a policy as it was written.", List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String name = PolicyFile.name(call.arguments().word(0));
        Reply reply = call.api().send(ApiCall.get(PolicyFile.path(name)), "reading policy named " + name);
        if (reply.status() == 404) {
            throw Failure.remote("No policy named: " + Words.harmless(name));
        }
        Api.accepted(reply, "reading policy named " + name);
        Json text = reply.data().get("policy");
        String shown = Scalars.string(text);
        call.output()
                .value(
                        Json.object().put("policy", text).build(),
                        shown.isEmpty() || shown.endsWith("\n") ? shown : shown + "\n");
        return 0;
    }
}
