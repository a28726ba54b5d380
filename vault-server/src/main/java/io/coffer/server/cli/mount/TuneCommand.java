// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.Map;

/// Changes the settings of a mount. What is not given stays.
record TuneCommand(MountKind kind) implements Command {
    @Override
    public Shape shape() {
        return new Shape("PATH", kind.aboutTuning(), kind.settings(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        String path = Words.path(arguments.word(0));
        Map<String, Json> settings = MountFlags.config(arguments);
        arguments.text(MountFlags.DESCRIPTION).ifPresent(text -> settings.put("description", new Json.Str(text)));
        Map<String, Json> options = MountFlags.options(arguments);
        if (!options.isEmpty()) {
            settings.put("options", new Json.Obj(options));
        }
        if (settings.isEmpty()) {
            throw Failure.local("Nothing to change: give at least one flag, such as -description");
        }
        Reply reply =
                call.api().ask(ApiCall.post(kind.path(path) + "/tune", new Json.Obj(settings)), "tuning " + path + "/");
        call.output().success("Tuned the " + kind.noun() + " at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }
}
