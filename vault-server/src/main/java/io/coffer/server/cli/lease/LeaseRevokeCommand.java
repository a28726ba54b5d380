// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.lease;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Ends a lease, or all below a path.
final class LeaseRevokeCommand implements Command {
    private static final Flag PREFIX = Flag.on("prefix", "End all leases below the path.");
    private static final Flag FORCE = Flag.on("force", "With -prefix: forget also those that cannot be taken back.")
            .or("f");
    private static final Flag SYNC = Flag.on("sync", "Wait until the secrets are taken back.");

    @Override
    public Shape shape() {
        return new Shape(
                "ID|PATH",
                "Ends a lease; what it gave is taken back. With -prefix, all below a path.",
                List.of(PREFIX, FORCE, SYNC),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        String id = Words.path(arguments.word(0));
        boolean prefix = arguments.on(PREFIX);
        boolean force = arguments.on(FORCE);
        if (force && !prefix) {
            throw Failure.local("Specifying -force without also specifying -prefix is not supported");
        }
        Json.Builder body = Json.object().put("sync", arguments.on(SYNC));
        ApiCall asked = force
                ? ApiCall.put("sys/leases/revoke-force/" + id, Json.EMPTY)
                : prefix
                        ? ApiCall.put("sys/leases/revoke-prefix/" + id, body.build())
                        : ApiCall.put(
                                "sys/leases/revoke", body.put("lease_id", id).build());
        call.api().ask(asked, "revoking lease");
        if (force) {
            call.output().success("Force revoked any leases with prefix: " + id);
        } else if (!arguments.on(SYNC)) {
            call.output().success("All revocation operations queued successfully!");
        } else {
            call.output().success(prefix ? "Revoked any leases with prefix: " + id : "Revoked lease: " + id);
        }
        return 0;
    }
}
