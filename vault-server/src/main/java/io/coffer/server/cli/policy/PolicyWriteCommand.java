// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.io.IOException;
import java.util.List;

/// Writes a policy.
final class PolicyWriteCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "NAME FILE", "Writes a policy from a file, or from standard input if the file is -.", List.of(), 2, 2);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String name = PolicyFile.name(call.arguments().word(0));
        String text = PolicyFile.read(call.arguments().word(1), call.terminal().in());
        Json.Obj body = Json.object().put("policy", text).build();
        Reply reply = call.api().ask(ApiCall.put(PolicyFile.path(name), body), "uploading policy");
        call.output().success("Uploaded policy: " + Words.harmless(name));
        call.output().warnings(reply);
        return 0;
    }
}
