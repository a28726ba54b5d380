// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.io.IOException;
import java.util.List;

/// Lets a token live on.
final class TokenRenewCommand implements Command {
    private static final Flag INCREMENT = Flag.text("increment", "DURATION", "How long it is to live from now on.")
            .or("i");

    @Override
    public Shape shape() {
        return new Shape(
                "[TOKEN|ACCESSOR|-]",
                "Lets a token live on; the one at hand if none is given.",
                List.of(GlobalFlags.FIELD, Named.ACCESSOR, INCREMENT),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Named named = Named.of(call, "renew");
        call.arguments().text(INCREMENT).ifPresent(length -> named.body().put("increment", length));
        call.output()
                .secret(call.api().ask(ApiCall.put(named.path(), named.body().build()), "renewing token"));
        return 0;
    }
}
