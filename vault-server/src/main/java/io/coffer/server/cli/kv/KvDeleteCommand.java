// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.util.List;

/// Deletes a secret, or some of its versions so that they can be undeleted.
final class KvDeleteCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Deletes the newest version of a secret, or the versions given. They can be undeleted. With KV version 1"
                        + " it removes the secret.",
                List.of(KvPath.MOUNT, VersionList.FLAG),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        List<Json> versions = VersionList.of(call.arguments());
        KvPath secret = KvPath.of(call);
        String path = secret.api("data");
        ApiCall delete = ApiCall.delete(path);
        if (!versions.isEmpty()) {
            secret.requireVersions("-versions");
            path = secret.api("delete");
            delete = ApiCall.put(path, VersionList.body(versions));
        }
        call.api().ask(delete, "deleting " + path);
        call.output().success("Data deleted (if it existed) at: " + path);
        return 0;
    }
}
