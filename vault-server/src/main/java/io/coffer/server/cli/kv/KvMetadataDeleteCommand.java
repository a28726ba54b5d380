// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.util.List;

/// Removes a secret with all its versions.
final class KvMetadataDeleteCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Removes a secret with all its versions and settings. Nothing brings them back.",
                List.of(KvPath.MOUNT),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        String path = KvPath.of(call).requireVersions("kv metadata").api("metadata");
        call.api().ask(ApiCall.delete(path), "deleting " + path);
        call.output().success("Data deleted (if it existed) at: " + path);
        return 0;
    }
}
