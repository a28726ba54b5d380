// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.io.IOException;
import java.util.List;

/// Tells what is known of a token.
final class TokenLookupCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "[TOKEN|ACCESSOR|-]",
                "Shows what is known of a token; of the one at hand if none is given.",
                List.of(GlobalFlags.FIELD, Named.ACCESSOR),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Named named = Named.of(call, "lookup");
        ApiCall asked = call.arguments().words().isEmpty()
                ? ApiCall.get(named.path())
                : ApiCall.post(named.path(), named.body().build());
        call.output().secret(call.api().ask(asked, "looking up token"));
        return 0;
    }
}
