// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Listing;
import io.coffer.server.cli.Shape;
import java.util.List;

/// Lists the secrets below a path.
final class KvListCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "[PATH]",
                "Lists the secrets below a path. A name that ends in / is a folder.",
                List.of(KvPath.MOUNT),
                0,
                1);
    }

    @Override
    public int run(Invocation call) {
        if (call.arguments().words().isEmpty() && !call.arguments().given(KvPath.MOUNT)) {
            throw Failure.local("Not enough arguments (expected 1, got 0)");
        }
        String path = KvPath.of(call).api("metadata");
        return Listing.show(ApiCall.list(path), path + "/", call);
    }
}
