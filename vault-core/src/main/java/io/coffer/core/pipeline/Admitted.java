// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.audit.AuditedRequest;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Request;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// A request that was let in: known caller, allowed, parsed.
///
/// @param warnings for an answer that has something to say
/// @param audited its audit entry, made and not yet written
record Admitted(
        Route route,
        Request request,
        Caller caller,
        MountConfig mount,
        Instant now,
        List<String> warnings,
        AuditedRequest audited) {

    Call call(SecureRandom random) {
        return new Call(request, caller, mount, now, random);
    }
}
