// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.lease;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Lets a lease live on.
final class LeaseRenewCommand implements Command {
    private static final Flag INCREMENT = Flag.text("increment", "DURATION", "How long it is to live from now on.")
            .or("i");

    @Override
    public Shape shape() {
        return new Shape("ID", "Lets a lease live on.", List.of(GlobalFlags.FIELD, INCREMENT), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        Json.Builder body =
                Json.object().put("lease_id", Words.path(call.arguments().word(0)));
        call.arguments().text(INCREMENT).ifPresent(length -> body.put("increment", length));
        call.output().secret(call.api().ask(ApiCall.put("sys/leases/renew", body.build()), "renewing lease"));
        return 0;
    }
}
