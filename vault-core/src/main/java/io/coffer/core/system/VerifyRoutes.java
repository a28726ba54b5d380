// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.backup.Report;
import io.coffer.core.backup.Verification;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.List;

/// `sys/verify`: every value of the store is opened, in the background.
public final class VerifyRoutes {
    private static final String REPORT = "`under_way`, `sound`, `interrupted` (by a seal), `values`,"
            + " `values_verified`, `values_bad` and the first of those in `bad` (where a file is damaged, the last value"
            + " before it, and which file), `orphans` (scopes that belong to"
            + " nothing, or have no keyring), `census_differs` (scopes; also where a total cannot be read), `scopes_compared`, `started`, `ended`";

    private final Verification verification;

    public VerifyRoutes(Verification verification) {
        this.verification = verification;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys(
                                "verify",
                                Operation.READ,
                                "Return what the verification has seen that is under way, or the last one.",
                                (call, reader) -> answer(verification.report()))
                        .answering(REPORT),
                Route.acts(
                                "verify",
                                Operation.UPDATE,
                                "Open every value of the store, in the background, to see whether it is what was encrypted.",
                                (call, vault) -> answer(vault.unsealed(verification::start)))
                        .answering(REPORT));
    }

    /// The report as an answer shows it; the offline command prints the same.
    public static Json.Obj describe(Report report) {
        Json.Builder answer = Json.object()
                .put("under_way", report.isUnderWay())
                .put("sound", report.isSound())
                .put("interrupted", report.interrupted())
                .put("values", report.total())
                .put("values_verified", report.done())
                .put("values_bad", report.bad())
                .put("bad", Json.of(report.names()))
                .put("orphans", Json.of(report.orphans()))
                .put("census_differs", Json.of(report.differing()))
                .put("scopes_compared", report.compared());
        report.started().ifPresent(started -> answer.put("started", Timestamps.format(started)));
        report.ended().ifPresent(ended -> answer.put("ended", Timestamps.format(ended)));
        return answer.build();
    }

    private static Response answer(Report report) {
        return new Response.Ok(describe(report));
    }
}
