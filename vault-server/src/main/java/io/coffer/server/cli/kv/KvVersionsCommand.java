// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.util.List;

/// `kv undelete` and `kv destroy`: both name versions, and differ only in what the vault does with them.
record KvVersionsCommand(String word, String about) implements Command {
    static final KvVersionsCommand UNDELETE =
            new KvVersionsCommand("undelete", "Brings deleted versions of a secret back.");
    static final KvVersionsCommand DESTROY =
            new KvVersionsCommand("destroy", "Removes versions of a secret for good. Nothing brings them back.");

    @Override
    public Shape shape() {
        return new Shape("PATH", about, List.of(KvPath.MOUNT, VersionList.FLAG), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        List<Json> versions = VersionList.of(call.arguments());
        if (versions.isEmpty()) {
            throw Failure.local(
                    "No versions provided, use the \"-versions\" flag to specify the version to " + word + ".");
        }
        String path = KvPath.of(call).requireVersions("kv " + word).api(word);
        call.api().ask(ApiCall.put(path, VersionList.body(versions)), "writing data to " + path);
        call.output().success("Data written to: " + path);
        return 0;
    }
}
