// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.util.List;

/// Lists the policies.
final class PolicyListCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("", "Lists the names of all policies.", List.of(), 0, 0);
    }

    @Override
    public int run(Invocation call) {
        Reply reply = call.api().ask(ApiCall.list("sys/policies/acl"), "listing policies");
        Json names = reply.data().get("keys");
        StringBuilder lines = new StringBuilder();
        for (Json name : Scalars.items(names)) {
            lines.append(Scalars.cell(name)).append('\n');
        }
        call.output().value(names, lines.toString());
        call.output().warnings(reply);
        return 0;
    }
}
