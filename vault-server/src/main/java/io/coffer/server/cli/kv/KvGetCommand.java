// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Output;
import io.coffer.server.cli.Parameters;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a secret from the key-value store.
final class KvGetCommand implements Command {
    private static final Flag VERSION = Flag.number("version", "N", "Which version to read; the newest if not given.");

    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Reads a secret. Of a deleted version only what is kept about it shows.",
                List.of(GlobalFlags.FIELD, KvPath.MOUNT, VERSION),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        KvPath secret = KvPath.of(call);
        String path = secret.api("data");
        ApiCall get = ApiCall.get(path);
        OptionalLong version = call.arguments().number(VERSION);
        if (version.isPresent() && version.getAsLong() > 0) {
            secret.requireVersions("-version");
            get = get.with("version", Long.toString(version.getAsLong()));
        }
        Reply reply = call.api().send(get, "reading " + path);
        if (reply.status() == 404 && !reply.hasData()) {
            throw Parameters.nothingAt(path, reply, call.output());
        }
        if (reply.status() != 404) {
            Api.accepted(reply, "reading " + path);
        }
        Output output = call.output();
        if (output.raw() || reply.data().members().isEmpty()) {
            output.secret(reply);
        } else if (output.field().isPresent()) {
            field(secret.versioned(), reply, output);
        } else if (secret.versioned()) {
            KvVersion.read(path, reply, output);
        } else {
            output.value(reply.object(), output.asTable() ? KvVersion.titled("Data", reply.data()) : "");
            output.warnings(reply);
        }
        return 0;
    }

    private static void field(boolean versioned, Reply reply, Output output) {
        String name = output.field().orElse("");
        Json data = versioned ? reply.data().get("data") : reply.data();
        if (!(data instanceof Json.Obj members)) {
            throw Failure.remote("No data found: this version is deleted or destroyed");
        }
        output.field(members.has(name) ? Optional.of(members.get(name)) : Optional.empty(), name);
    }
}
