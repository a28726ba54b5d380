// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The target of a request line, cut into its parts and not decoded yet.
///
/// @param path from the first '/' on
/// @param query without its '?'; empty if there is none
record Target(String path, String query) {
    /// How many parameters a query may have.
    static final int MOST_PARAMETERS = 256;

    /// Takes the origin form (`/v1/x?y`) and the absolute form (`http://host/v1/x?y`), which a server must
    /// accept too.
    static Target of(String uri) {
        String rest = uri;
        if (!uri.startsWith("/")) {
            int authority = uri.startsWith("http://") ? 7 : uri.startsWith("https://") ? 8 : -1;
            int slash = authority < 0 ? -1 : uri.indexOf('/', authority);
            if (slash <= authority) {
                throw new Refusal(400, "request target must be an absolute path");
            }
            rest = uri.substring(slash);
        }
        if (rest.indexOf('#') >= 0) {
            throw new Refusal(400, "request target contains a fragment");
        }
        int mark = rest.indexOf('?');
        return mark < 0 ? new Target(rest, "") : new Target(rest.substring(0, mark), rest.substring(mark + 1));
    }

    /// The parameters in their order; a name without '=' has the empty value.
    Map<String, List<String>> parameters() {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int count = 0;
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > MOST_PARAMETERS) {
                throw new Refusal(400, "query has more than " + MOST_PARAMETERS + " parameters");
            }
            int equals = pair.indexOf('=');
            String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), "query", true);
            String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), "query", true);
            parameters.computeIfAbsent(name, none -> new ArrayList<>(1)).add(value);
        }
        return parameters;
    }
}
