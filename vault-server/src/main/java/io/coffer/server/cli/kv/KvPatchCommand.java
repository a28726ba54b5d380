// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.DataArguments;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Changes some keys of a secret and leaves the others.
final class KvPatchCommand implements Command {
    private static final Flag METHOD = Flag.text(
            "method",
            "patch|rw",
            "patch lets the vault merge; rw reads, merges here and writes back, for a token that may not patch. If not"
                    + " given: patch, and rw where the vault does not know that.");
    private static final Flag REMOVE = Flag.list("remove-data", "KEY", "Remove that key.");

    @Override
    public Shape shape() {
        return new Shape(
                "PATH KEY=VALUE|KEY=@FILE|KEY=-|@FILE|-...",
                "Changes the keys given and leaves the others: a new version of the secret.",
                List.of(GlobalFlags.FIELD, KvPath.MOUNT, KvPutCommand.CAS, METHOD, REMOVE),
                1,
                Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String method = call.arguments().text(METHOD).orElse("");
        if (!method.isEmpty() && !method.equals("patch") && !method.equals("rw")) {
            throw Failure.local("-method is patch or rw");
        }
        Json.Obj changes = changes(call);
        KvPath secret = KvPath.of(call).requireVersions("kv patch");
        String path = secret.api("data");
        Reply reply = method.equals("rw") ? merged(path, changes, call) : patched(path, changes, call);
        if (reply.status() == 405 && method.isEmpty()) {
            reply = merged(path, changes, call);
        }
        if (reply.status() == 404) {
            throw Failure.remote("No value found at " + path);
        }
        Api.accepted(reply, "writing data to " + path);
        KvVersion.written(path, reply, call.output());
        return 0;
    }

    private static Json.Obj changes(Invocation call) throws IOException {
        List<String> words = call.arguments().words();
        Map<String, Json> changes = new LinkedHashMap<>(
                DataArguments.of(words.subList(1, words.size()), call.terminal().in())
                        .members());
        for (String key : call.arguments().list(REMOVE)) {
            if (changes.put(key, Json.NULL) != null) {
                throw Failure.local("-remove-data: a key is both set and removed");
            }
        }
        if (changes.isEmpty()) {
            throw Failure.local("Must supply data");
        }
        return new Json.Obj(changes);
    }

    private static Reply patched(String path, Json.Obj changes, Invocation call) {
        Json.Obj body = KvPutCommand.body(changes, call.arguments().number(KvPutCommand.CAS));
        return call.api().send(ApiCall.patch(path, body), "writing data to " + path);
    }

    /// Writes back only what nobody has changed meanwhile.
    private static Reply merged(String path, Json.Obj changes, Invocation call) {
        Reply current = call.api().send(ApiCall.get(path).aside(), "reading " + path);
        if (current.status() == 404) {
            return current;
        }
        Json.Obj read = Api.accepted(current, "reading " + path).data();
        Map<String, Json> data =
                new LinkedHashMap<>(Scalars.object(read.get("data")).members());
        changes.members().forEach((key, value) -> {
            if (value instanceof Json.Null) {
                data.remove(key);
            } else {
                data.put(key, value);
            }
        });
        long version = Scalars.number(Scalars.object(read.get("metadata")).get("version"));
        OptionalLong cas = call.arguments().number(KvPutCommand.CAS);
        Json.Obj body = KvPutCommand.body(new Json.Obj(data), cas.isPresent() ? cas : OptionalLong.of(version));
        return call.api().send(ApiCall.put(path, body), "writing data to " + path);
    }
}
