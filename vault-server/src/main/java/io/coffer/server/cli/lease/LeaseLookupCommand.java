// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.lease;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Tells what is known of a lease.
final class LeaseLookupCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("ID", "Shows what is known of a lease.", List.of(GlobalFlags.FIELD), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        Json body = Json.object()
                .put("lease_id", Words.path(call.arguments().word(0)))
                .build();
        call.output().secret(call.api().ask(ApiCall.put("sys/leases/lookup", body), "looking up lease"));
        return 0;
    }
}
