// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.wire.Target;

/// A call of the vault's API.
///
/// @param path below `/v1/`, not encoded
/// @param query encoded, without its question mark
public record ApiCall(String method, String path, String query, Body body, Manner manner) {
    public enum Manner {
        PLAIN,
        /// Without token and namespace: for what answers while sealed.
        ANONYMOUS,
        /// On the way to what the user asked for: never wrapped, and sent even where the user's call is
        /// only shown.
        ASIDE
    }

    public static ApiCall get(String path) {
        return new ApiCall("GET", path, "", Body.NONE, Manner.PLAIN);
    }

    /// As the field's clients ask for a list, since not every proxy lets LIST pass.
    public static ApiCall list(String path) {
        return get(path + "/").with("list", "true");
    }

    public static ApiCall put(String path, Json body) {
        return new ApiCall("PUT", path, "", Body.of(body), Manner.PLAIN);
    }

    public static ApiCall put(String path, Body body) {
        return new ApiCall("PUT", path, "", body, Manner.PLAIN);
    }

    public static ApiCall post(String path, Json body) {
        return new ApiCall("POST", path, "", Body.of(body), Manner.PLAIN);
    }

    public static ApiCall patch(String path, Json body) {
        return new ApiCall("PATCH", path, "", Body.of(body), Manner.PLAIN);
    }

    public static ApiCall delete(String path) {
        return new ApiCall("DELETE", path, "", Body.NONE, Manner.PLAIN);
    }

    public ApiCall with(String parameter, String value) {
        String pair = Target.encodeQuery(parameter) + "=" + Target.encodeQuery(value);
        return new ApiCall(method, path, query.isEmpty() ? pair : query + "&" + pair, body, manner);
    }

    public ApiCall with(Body other) {
        return new ApiCall(method, path, query, other, manner);
    }

    public ApiCall anonymous() {
        return new ApiCall(method, path, query, body, Manner.ANONYMOUS);
    }

    public ApiCall aside() {
        return new ApiCall(method, path, query, body, Manner.ASIDE);
    }

    /// What stands in the request line.
    String target() {
        return "/v1/" + Target.encodePath(path) + (query.isEmpty() ? "" : "?" + query);
    }
}
