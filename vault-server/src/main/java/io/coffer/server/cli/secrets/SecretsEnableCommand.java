// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.secrets;

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

/// Mounts a secrets engine.
final class SecretsEnableCommand implements Command {
    private static final Flag PATH = Flag.text("path", "PATH", "Where to mount it; the type's name if not given.");
    private static final Flag LOCAL = Flag.on("local", "Do not replicate the mount.");
    private static final Flag SEAL_WRAP = Flag.on("seal-wrap", "Wrap its critical values by the seal as well.");
    private static final Flag NO_CACHE = Flag.on("force-no-cache", "Do not cache its values.");

    @Override
    public Shape shape() {
        List<Flag> flags = new ArrayList<>(List.of(PATH, LOCAL, SEAL_WRAP, NO_CACHE));
        flags.addAll(MountFlags.ALL);
        return new Shape("TYPE", "Mounts a secrets engine, such as kv-v2.", flags, 1, 1);
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
        Reply reply = call.api().ask(ApiCall.post("sys/mounts/" + path, body.build()), "enabling");
        call.output().success("Enabled the " + Words.harmless(type) + " secrets engine at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }
}
