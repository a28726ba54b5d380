// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.audit.AuditedRequest;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.policy.Ask;
import io.coffer.core.request.Request;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A request that was let in: known caller, allowed, parsed.
///
/// @param warnings for an answer that has something to say
/// @param ask what the policies of the caller were asked; empty if the route asks them nothing
/// @param audited its audit entry, made and not yet written
record Admitted(
        Route route,
        Request request,
        Caller caller,
        MountConfig mount,
        Instant now,
        List<String> warnings,
        Optional<Ask> ask,
        AuditedRequest audited) {

    /// The same from a caller who was looked up anew.
    Admitted by(Caller current) {
        return new Admitted(route, request, current, mount, now, warnings, ask, audited);
    }

    Call call(SecureRandom random) {
        return new Call(request, caller, mount, now, random);
    }
}
