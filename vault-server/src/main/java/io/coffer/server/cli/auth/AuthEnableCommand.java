// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.auth;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import io.coffer.server.cli.secrets.MountFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Enables a login method.
final class AuthEnableCommand implements Command {
    private static final Flag PATH = Flag.text("path", "PATH", "Where it stands; the type's name if not given.");
    private static final Flag LOCAL = Flag.on("local", "Do not replicate it.");

    @Override
    public Shape shape() {
        List<Flag> flags = new ArrayList<>(List.of(PATH, LOCAL));
        flags.addAll(MountFlags.LOGIN);
        return new Shape("TYPE", "Enables a login method, such as userpass.", flags, 1, 1);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        String type = arguments.word(0).strip();
        String path = Words.path(arguments.text(PATH).orElse(type));
        if (path.isEmpty()) {
            throw Failure.local("-path must not be empty");
        }
        Json.Builder body = Json.object().put("type", type);
        arguments.text(MountFlags.DESCRIPTION).ifPresent(text -> body.put("description", text));
        if (arguments.given(LOCAL)) {
            body.put("local", arguments.on(LOCAL));
        }
        body.put("config", new Json.Obj(MountFlags.config(arguments)));
        Map<String, Json> options = MountFlags.options(arguments);
        if (!options.isEmpty()) {
            body.put("options", new Json.Obj(options));
        }
        Reply reply = call.api().ask(ApiCall.post("sys/auth/" + path, body.build()), "enabling " + type + " auth");
        call.output().success("Enabled " + Words.harmless(type) + " auth method at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }
}
