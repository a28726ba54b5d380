// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.audit.AuditLines;
import io.coffer.core.audit.AuditedRequest;
import java.time.Instant;
import java.util.Map;

/// What the first visit of a request came to.
sealed interface Visit {
    record Told(Reply reply, AuditedRequest request, AuditLines response) implements Visit {}

    record Untold(Reply reply) implements Visit {}

    /// It has its answer, but costs its token a use.
    record ToPay(Reply reply, AuditedRequest request, Instant now) implements Visit {}

    record ToDo(Admitted admitted) implements Visit {}

    /// @param headers what the answer says beside, whatever it is
    record Entry(Visit visit, Map<String, String> headers) {}
}
