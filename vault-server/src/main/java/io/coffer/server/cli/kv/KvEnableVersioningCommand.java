// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Turns a mount of KV version 1 into one of version 2. There is no way back.
final class KvEnableVersioningCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "MOUNT", "Turns a mount of KV version 1 into one of version 2. There is no way back.", List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String mount = Words.path(call.arguments().word(0));
        Json.Obj body = Json.object()
                .put("options", Json.object().put("version", "2").build())
                .build();
        Reply reply = call.api().ask(ApiCall.post("sys/mounts/" + mount + "/tune", body), "tuning " + mount);
        call.output().success("Tuned the secrets engine at: " + mount + "/");
        call.output().warnings(reply);
        return 0;
    }
}
