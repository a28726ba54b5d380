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
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.util.List;
import java.util.OptionalLong;

/// Writes an older version of a secret again, as the newest one.
final class KvRollbackCommand implements Command {
    private static final Flag VERSION = Flag.number("version", "N", "Which version to write again.");

    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Writes an older version of a secret again, as the newest one. If somebody writes meanwhile, nothing"
                        + " happens.",
                List.of(GlobalFlags.FIELD, KvPath.MOUNT, VERSION),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        OptionalLong version = call.arguments().number(VERSION);
        if (version.isEmpty() || version.getAsLong() == 0) {
            throw Failure.local(
                    "No version provided, use the \"-version\" flag to specify the version to roll back to.");
        }
        String number = Long.toString(version.getAsLong());
        String path = KvPath.of(call).requireVersions("kv rollback").api("data");
        long current = current(path, call);
        Reply old = call.api().send(ApiCall.get(path).with("version", number).aside(), "reading " + path);
        if (old.status() != 404) {
            Api.accepted(old, "reading " + path);
        }
        if (!old.hasData() || !(old.data().get("data") instanceof Json.Obj data)) {
            throw Failure.remote("Version " + number + " of " + path + " does not exist, or is deleted or destroyed");
        }
        Reply reply = call.api()
                .ask(ApiCall.put(path, KvPutCommand.body(data, OptionalLong.of(current))), "writing data to " + path);
        KvVersion.written(path, reply, call.output());
        return 0;
    }

    /// The number of the newest version, which may be deleted.
    private static long current(String path, Invocation call) {
        Reply newest = call.api().send(ApiCall.get(path).aside(), "reading " + path);
        if (newest.status() == 404 && !newest.hasData()) {
            throw Failure.remote("No value found at " + path);
        }
        if (newest.status() != 404) {
            Api.accepted(newest, "reading " + path);
        }
        return Scalars.number(Scalars.object(newest.data().get("metadata")).get("version"));
    }
}
