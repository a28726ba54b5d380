// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Shape;
import io.coffer.core.request.Response;

/// An answer on its way to the client: what was computed, and how the route wants it to stand.
///
/// @param mountType the type of the mount that answered, as `kv`; empty if none did
public record Reply(String requestId, Response response, Shape shape, String mountType) {
    /// Another answer to the same request. Where the answer lies stands in the envelope, whatever the route's shape.
    Reply with(Response other) {
        return new Reply(requestId, other, other instanceof Response.Wrapped ? Shape.ENVELOPE : shape, mountType);
    }
}
