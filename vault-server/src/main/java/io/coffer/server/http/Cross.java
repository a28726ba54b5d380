// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.system.CrossOrigin;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a browser says of a request that a page sends.
///
/// @param origin of the page
/// @param preflight whether the browser only asks if the page may
/// @param method that the page wants to use, if the browser asks first
record Cross(String origin, boolean preflight, String method) {
    private static final List<String> METHODS = List.of("DELETE", "GET", "OPTIONS", "POST", "PUT", "LIST", "SCAN");

    /// What becomes of it.
    ///
    /// @param answer if it goes no further
    /// @param headers what its answer says beside
    record Verdict(Optional<Answer> answer, Map<String, String> headers) {}

    /// Nothing where no page is behind a request.
    static Optional<Cross> of(String method, MultiMap headers) {
        return Optional.ofNullable(headers.get("Origin"))
                .map(origin -> new Cross(
                        origin,
                        method.equals("OPTIONS"),
                        Optional.ofNullable(headers.get("Access-Control-Request-Method"))
                                .orElse("")));
    }

    Verdict under(CrossOrigin rules) {
        if (!rules.isOn()) {
            return new Verdict(preflight ? refused(Refusal.silent(400)) : Optional.empty(), Map.of());
        }
        if (!rules.admits(origin)) {
            return new Verdict(refused(new Refusal(403, "origin not allowed")), Map.of());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Access-Control-Allow-Origin", origin);
        headers.put("Vary", "Origin");
        if (rules.credentials()) {
            headers.put("Access-Control-Allow-Credentials", "true");
        }
        if (!preflight) {
            return new Verdict(Optional.empty(), headers);
        }
        if (!METHODS.contains(method)) {
            return new Verdict(refused(Refusal.silent(405)), Map.of());
        }
        headers.put("Access-Control-Allow-Methods", String.join(",", METHODS));
        headers.put("Access-Control-Allow-Headers", String.join(",", rules.allHeaders()));
        headers.put("Access-Control-Max-Age", "300");
        return new Verdict(Optional.of(new Answer(204, Answer.NOTHING)), headers);
    }

    private static Optional<Answer> refused(Refusal refusal) {
        return Optional.of(Answer.of(refusal));
    }
}
