// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Mounts a secrets engine, or enables a login method.
record EnableCommand(MountKind kind) implements Command {
    private static final Flag PATH = Flag.text("path", "PATH", "Where it stands; the type's name if not given.");
    private static final Flag LOCAL = Flag.on("local", "Do not replicate it.");
    private static final Flag SEAL_WRAP = Flag.on("seal-wrap", "Wrap its critical values by the seal as well.");
    private static final Flag NO_CACHE = Flag.on("force-no-cache", "Do not cache its values.");

    @Override
    public Shape shape() {
        List<Flag> flags = new ArrayList<>(List.of(PATH, LOCAL, SEAL_WRAP));
        if (kind == MountKind.SECRETS) {
            flags.add(NO_CACHE);
        }
        flags.addAll(kind.settings());
        return new Shape("TYPE", kind.aboutEnabling(), flags, 1, 1);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        String type = arguments.word(0).strip();
        String path = Words.path(arguments.text(PATH).orElse(type));
        if (path.isEmpty()) {
            throw Failure.local("-path must not be empty");
        }
        Reply reply = call.api().ask(ApiCall.post(kind.path(path), body(type, arguments)), "enabling " + type);
        call.output().success("Enabled " + kind.enabled(type) + " at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }

    private static Json.Obj body(String type, Arguments arguments) {
        Json.Builder body = Json.object().put("type", type);
        arguments.text(MountFlags.DESCRIPTION).ifPresent(text -> body.put("description", text));
        for (Flag flag : List.of(LOCAL, SEAL_WRAP)) {
            if (arguments.given(flag)) {
                body.put(flag.name().replace('-', '_'), arguments.on(flag));
            }
        }
        Map<String, Json> config = MountFlags.config(arguments);
        if (arguments.given(NO_CACHE)) {
            config.put("force_no_cache", new Json.Bool(arguments.on(NO_CACHE)));
        }
        body.put("config", new Json.Obj(config));
        Map<String, Json> options = MountFlags.options(arguments);
        if (!options.isEmpty()) {
            body.put("options", new Json.Obj(options));
        }
        return body.build();
    }
}
