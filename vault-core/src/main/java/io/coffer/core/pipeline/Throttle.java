// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.Time;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditNotice;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.mount.Quota;
import io.coffer.core.mount.Quotas;
import io.coffer.core.mount.RateLimits;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts a request against the quota of its path before anybody looks at who sends it.
public final class Throttle {
    private final MountTable mounts;
    private final RateLimits limits;
    private final AuditLog audit;
    private final Time time;
    private final LoginRoles roles;

    public Throttle(MountTable mounts, RateLimits limits, AuditLog audit, Time time, LoginRoles roles) {
        this.mounts = mounts;
        this.limits = limits;
        this.audit = audit;
        this.time = time;
        this.roles = roles;
    }

    /// What a request is told.
    ///
    /// @param refusal its answer, if it is one too many
    /// @param headers what its answer says beside
    record Toll(Optional<Response> refusal, Map<String, String> headers) {
        static final Toll FREE = new Toll(Optional.empty(), Map.of());
    }

    Toll take(BarrierReader reader, Incoming incoming) {
        Quotas quotas = Quotas.read(reader);
        if (quotas.all().isEmpty()) {
            return Toll.FREE;
        }
        RequestPath path = Authorization.path(incoming);
        Optional<Mount> mount = mounts.read(reader).route(path.value()).map(Mounts.Served::mount);
        Optional<String> role = mount.filter(quotas::areForRoles).isPresent()
                ? roles.of(reader, incoming, path, time.now())
                : Optional.empty();
        Optional<Quota> quota = quotas.of(path.value(), mount, role);
        return quota.map(found -> toll(
                        limits.take(found, incoming.origin().address(), time.elapsed()), quotas.settings(), incoming))
                .orElse(Toll.FREE);
    }

    private Toll toll(RateLimits.Taken taken, Quotas.Settings settings, Incoming incoming) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (settings.headers()) {
            headers.put("X-Ratelimit-Limit", Long.toString(taken.limit()));
            headers.put("X-Ratelimit-Remaining", Long.toString(taken.remaining()));
            headers.put("X-Ratelimit-Reset", Long.toString(taken.reset()));
        }
        if (taken.allowed()) {
            return new Toll(Optional.empty(), headers);
        }
        if (settings.headers()) {
            headers.put("Retry-After", Long.toString(taken.retry()));
        }
        if (settings.audited()) {
            audit.notice(AuditNotice.refused(incoming, "rate limit quota exceeded"));
        }
        return new Toll(
                Optional.of(new Response.Busy("request path \"" + incoming.path() + "\": rate limit quota exceeded")),
                headers);
    }
}
