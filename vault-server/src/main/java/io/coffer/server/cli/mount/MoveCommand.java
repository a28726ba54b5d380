// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import io.coffer.server.cli.output.Scalars;
import java.util.List;

/// Moves a mount to another path and waits until it has arrived.
record MoveCommand(MountKind kind) implements Command {
    private static final int WAITS = 600;
    private static final long WAIT_MILLIS = 100;

    @Override
    public Shape shape() {
        return new Shape("SOURCE DESTINATION", kind.aboutMoving(), List.of(), 2, 2);
    }

    @Override
    public int run(Invocation call) {
        String from = Words.path(call.arguments().word(0)) + "/";
        String to = Words.path(call.arguments().word(1)) + "/";
        String doing = "moving " + from + " to " + to;
        if (kind == MountKind.AUTH && !(from.startsWith("auth/") && to.startsWith("auth/"))) {
            throw Failure.local("Error " + doing + ": both paths begin with auth/, as in: coffer auth move auth/"
                    + inside(from) + " auth/" + inside(to));
        }
        Json body = Json.object().put("from", from).put("to", to).build();
        Reply asked = call.api().ask(ApiCall.post("sys/remount", body), doing);
        String id = Scalars.cell(asked.data().get("migration_id"));
        if (call.output().asTable()) {
            call.output()
                    .text("Started moving " + kind.noun() + " " + from + " to " + to + ", with migration ID " + id
                            + "\n");
        }
        call.output().warnings(asked);
        Reply status = arrived(call, id, doing);
        if (call.output().asTable()) {
            call.output()
                    .success("Finished moving " + kind.noun() + " " + from + " to " + to + ", with migration ID " + id);
        } else {
            call.output().tree(status.data());
        }
        return 0;
    }

    private static String inside(String path) {
        return path.startsWith("auth/") ? path.substring("auth/".length()) : path;
    }

    /// A Coffer has moved it when it answers; other servers may take their time.
    private static Reply arrived(Invocation call, String id, String doing) {
        for (int i = 0; i < WAITS; i++) {
            Reply status = call.api().ask(ApiCall.get("sys/remount/status/" + id), doing);
            String word = Scalars.cell(
                    Scalars.object(status.data().get("migration_info")).get("status"));
            switch (word) {
                case "success" -> {
                    return status;
                }
                case "failure" -> throw Failure.remote("Error " + doing + ": it failed; the server's log says why");
                default -> rest(doing);
            }
        }
        throw Failure.remote("Error " + doing + ": not finished after a minute; read sys/remount/status/" + id);
    }

    private static void rest(String doing) {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.local("Interrupted while " + doing);
        }
    }
}
