// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.DataArguments;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// Writes a secret to the key-value store.
final class KvPutCommand implements Command {
    static final Flag CAS = Flag.number(
            "cas", "N", "Write only if the current version is N; 0: only if the secret has no version yet.");

    @Override
    public Shape shape() {
        return new Shape(
                "PATH KEY=VALUE|KEY=@FILE|KEY=-|@FILE|-...",
                "Writes a secret: all of it, not only the keys given (kv patch does that). With KV version 2 it becomes"
                        + " a new version.",
                List.of(GlobalFlags.FIELD, KvPath.MOUNT, CAS),
                1,
                Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        List<String> words = call.arguments().words();
        if (words.size() == 1) {
            throw Failure.local("Must supply data");
        }
        Json.Obj data =
                DataArguments.of(words.subList(1, words.size()), call.terminal().in());
        KvPath secret = KvPath.of(call);
        String path = secret.api("data");
        OptionalLong cas = call.arguments().number(CAS);
        if (!secret.versioned()) {
            if (cas.isPresent()) {
                secret.requireVersions("-cas");
            }
            call.api().ask(ApiCall.put(path, data), "writing data to " + path);
            call.output().success("Data written to: " + path);
            return 0;
        }
        Reply reply = call.api().ask(ApiCall.put(path, body(data, cas)), "writing data to " + path);
        KvVersion.written(path, reply, call.output());
        return 0;
    }

    /// The body of a write of KV version 2.
    static Json.Obj body(Json.Obj data, OptionalLong cas) {
        Json.Builder options = Json.object();
        if (cas.isPresent()) {
            options.put("cas", cas.getAsLong());
        }
        return Json.object().put("data", data).put("options", options.build()).build();
    }
}
