// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Shape;
import io.coffer.core.request.Response;
import java.util.Map;

/// An answer on its way to the client: what was computed, and how the route wants it to stand.
///
/// @param mountType the type of the mount that answered, as `kv`; empty if none did
/// @param headers what the answer says beside its body
public record Reply(String requestId, Response response, Shape shape, String mountType, Map<String, String> headers) {
    public Reply(String requestId, Response response, Shape shape, String mountType) {
        this(requestId, response, shape, mountType, Map.of());
    }

    static Reply of(Admitted admitted, Response response) {
        return new Reply(
                admitted.request().incoming().id(),
                response,
                admitted.route().shape(),
                admitted.mount().type());
    }

    /// An answer that no route gave.
    static Reply plain(String requestId, Response response) {
        return new Reply(requestId, response, Shape.ENVELOPE, "");
    }

    Reply with(Map<String, String> others) {
        return new Reply(requestId, response, shape, mountType, others);
    }

    /// Another answer to the same request. Where the answer lies stands in the envelope, whatever the route's shape.
    Reply with(Response other) {
        return new Reply(
                requestId, other, other instanceof Response.Wrapped ? Shape.ENVELOPE : shape, mountType, headers);
    }
}
