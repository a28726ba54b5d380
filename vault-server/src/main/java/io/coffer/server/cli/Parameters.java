// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.JsonPrinter;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The words after the path of a call without a body: parameters of its query.
public final class Parameters {
    private Parameters() {}

    static ApiCall of(ApiCall plain, Invocation call) throws IOException {
        List<String> words = call.arguments().words();
        ApiCall with = plain;
        Json.Obj data =
                DataArguments.of(words.subList(1, words.size()), call.terminal().in());
        for (Map.Entry<String, Json> parameter : data.members().entrySet()) {
            List<Json> values =
                    parameter.getValue() instanceof Json.Arr list ? list.items() : List.of(parameter.getValue());
            for (Json value : values) {
                boolean single = !(value instanceof Json.Obj || value instanceof Json.Arr);
                with = with.with(parameter.getKey(), single ? Scalars.text(value) : JsonPrinter.compact(value));
            }
        }
        return with;
    }

    /// What a 404 says: nothing but its warnings, which tell of a wrong path, or an error where it names
    /// one.
    public static Failure nothingAt(String path, Reply reply, Output output) {
        if (!reply.empty() && reply.refusal().contains("\n* ")) {
            return Failure.remote("Error reading " + path + ": " + reply.refusal());
        }
        output.warnings(reply);
        return Failure.remote("No value found at " + path);
    }
}
