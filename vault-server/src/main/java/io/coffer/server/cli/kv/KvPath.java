// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Words;
import io.coffer.server.cli.output.Scalars;
import java.util.List;
import java.util.Optional;

/// A secret's path, split at its mount. The vault is asked where the mount ends and which version of the
/// store it is, since version 2 has `data`, `metadata` and the like between the two.
///
/// @param mount with a slash at the end
/// @param rest what follows it; may be empty
record KvPath(String mount, boolean versioned, String rest) {
    static final Flag MOUNT = Flag.text(
            "mount",
            "PATH",
            "Path of the mount; the other path is then below it. Else the mount is found in the path.");

    /// @throws Failure if the vault does not say
    static KvPath of(Invocation call) {
        List<String> words = call.arguments().words();
        String typed = words.isEmpty() ? "" : Words.path(words.get(0));
        Optional<String> named = call.arguments().text(MOUNT).map(Words::path).filter(path -> !path.isEmpty());
        String asked = named.orElse(typed);
        String doing = "finding the mount of " + asked;
        Reply reply =
                call.api().send(ApiCall.get("sys/internal/ui/mounts/" + asked).aside(), doing);
        if (reply.status() == 404) {
            // A server from before there were versions has no such path.
            String mount = named.map(path -> path + "/").orElse("");
            return new KvPath(mount, false, typed);
        }
        Json.Obj data = Api.accepted(reply, doing).data();
        String mount = Scalars.string(data.get("path"));
        if (mount.isEmpty()) {
            throw Failure.remote("Error " + doing + ": the answer names no path");
        }
        boolean versioned =
                Scalars.cell(Scalars.object(data.get("options")).get("version")).equals("2");
        if (named.isPresent()) {
            return new KvPath(mount, versioned, typed);
        }
        String slashed = typed + "/";
        if (!slashed.startsWith(mount)) {
            throw Failure.remote("Error " + doing + ": the answer names another mount");
        }
        return new KvPath(mount, versioned, Words.path(slashed.substring(mount.length())));
    }

    /// For commands that have no meaning without versions.
    ///
    /// @param needs such as `kv undelete` or `-version`
    KvPath requireVersions(String needs) {
        if (!versioned) {
            throw Failure.local(needs + " needs a mount of KV version 2; " + mount
                    + " is version 1 (coffer kv enable-versioning changes that)");
        }
        return this;
    }

    /// The API's path: for version 2 with that word after the mount.
    String api(String word) {
        String path = versioned ? mount + word + "/" + rest : mount + rest;
        return rest.isEmpty() ? Words.path(path) : path;
    }
}
