// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.KeyValues;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// `kv metadata put` sets what is kept about a secret, `kv metadata patch` changes some of it.
record KvMetadataSetCommand(boolean patches) implements Command {
    static final KvMetadataSetCommand PUT = new KvMetadataSetCommand(false);
    static final KvMetadataSetCommand PATCH = new KvMetadataSetCommand(true);

    private static final Flag CAS_REQUIRED = Flag.on("cas-required", "Take only writes that name the current version.");
    private static final Flag MAX_VERSIONS =
            Flag.number("max-versions", "N", "How many versions are kept; 0: as the mount says.");
    private static final Flag DELETE_AFTER =
            Flag.text("delete-version-after", "DURATION", "How long a version lives before it is deleted.");
    private static final Flag CUSTOM =
            Flag.list("custom-metadata", "KEY=VALUE", "A note that is kept with the secret.");
    private static final Flag REMOVE = Flag.list("remove-custom-metadata", "KEY", "Remove that note.");

    @Override
    public Shape shape() {
        List<Flag> flags = new ArrayList<>(List.of(KvPath.MOUNT, CAS_REQUIRED, MAX_VERSIONS, DELETE_AFTER, CUSTOM));
        if (patches) {
            flags.add(REMOVE);
        }
        String about = patches
                ? "Changes some settings of a secret and leaves the others."
                : "Sets the settings of a secret. Its custom metadata is replaced as a whole, if any is given.";
        return new Shape("PATH", about, flags, 1, 1);
    }

    @Override
    public int run(Invocation call) {
        Json.Obj body = body(call.arguments());
        String path = KvPath.of(call).requireVersions("kv metadata").api("metadata");
        String doing = "writing metadata to " + path;
        Reply reply = call.api().send(patches ? ApiCall.patch(path, body) : ApiCall.put(path, body), doing);
        if (reply.status() == 404) {
            throw Failure.remote("No value found at " + path);
        }
        Api.accepted(reply, doing);
        call.output().success("Data written to: " + path);
        call.output().warnings(reply);
        return 0;
    }

    private Json.Obj body(Arguments arguments) {
        Json.Builder body = Json.object();
        OptionalLong versions = arguments.number(MAX_VERSIONS);
        if (versions.isPresent()) {
            body.put("max_versions", versions.getAsLong());
        }
        if (arguments.given(CAS_REQUIRED)) {
            body.put("cas_required", arguments.on(CAS_REQUIRED));
        }
        arguments.text(DELETE_AFTER).ifPresent(duration -> body.put("delete_version_after", duration));
        Map<String, Json> notes = new LinkedHashMap<>(KeyValues.of(CUSTOM, arguments));
        if (patches) {
            for (String key : arguments.list(REMOVE)) {
                if (notes.put(key, Json.NULL) != null) {
                    throw Failure.local("-remove-custom-metadata: a key is both set and removed");
                }
            }
        }
        if (!notes.isEmpty()) {
            body.put("custom_metadata", new Json.Obj(notes));
        }
        return body.build();
    }
}
