// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// A flag that is given as `-flag=KEY=VALUE`, more than once.
public final class KeyValues {
    private KeyValues() {}

    /// The last value given for a key wins.
    public static Map<String, Json> of(Flag flag, Arguments arguments) {
        Map<String, Json> pairs = new LinkedHashMap<>();
        for (String pair : arguments.list(flag)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Failure.local("-" + flag.name() + " is written -" + flag.name() + "=KEY=VALUE");
            }
            pairs.put(pair.substring(0, equals), new Json.Str(pair.substring(equals + 1)));
        }
        return pairs;
    }
}
