// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the request line and the headers say, in canonical form: all that is known before the body.
///
/// @param bodyWanted whether the operation has a body, or may have a small one; another one's is dropped
/// @param form whether the body may be a form
/// @param silent whether the answer goes without its body (HEAD)
/// @param namespace the namespace header to echo, if there was one
/// @param cross what a browser says of the page that asks, if one does
record Head(
        Operation operation,
        RequestPath path,
        Map<String, List<String>> query,
        boolean bodyWanted,
        boolean form,
        boolean silent,
        Optional<Credential> credential,
        Optional<String> wrap,
        Optional<String> namespace,
        Optional<Cross> cross) {

    private static final String PREFIX = "/v1/";
    private static final String METRICS = "sys/metrics";

    /// Below 10 000 bytes.
    private static final int SMALL_BODY_DIGITS = 4;

    /// Reads them.
    ///
    /// @throws Refusal if they are not clean
    static Head of(String method, String uri, MultiMap headers) {
        Target target = Target.of(uri);
        if (!target.path().startsWith(PREFIX) || target.path().length() == PREFIX.length()) {
            throw Refusal.silent(404);
        }
        RequestPath path = path(target.path().substring(PREFIX.length()));
        Query query = Query.of(target.parameters());
        Optional<Cross> cross = Cross.of(method, headers);
        if (method.equals("OPTIONS") && cross.isEmpty()) {
            throw Refusal.silent(400);
        }
        Operation operation = operation(method, path, query);
        boolean writes = operation == Operation.UPDATE || operation == Operation.PATCH;
        if (operation == Operation.LIST || operation == Operation.SCAN) {
            path = path.asFolder();
        }
        Headers.checkFraming(headers);
        if (operation == Operation.PATCH) {
            Headers.demandMergePatch(headers);
        }
        return new Head(
                operation,
                path,
                path.value().equals(METRICS) ? Headers.metricsFormat(headers, query.parameters()) : query.parameters(),
                writes || operation == Operation.DELETE && hasSmallBody(headers),
                operation == Operation.UPDATE && Headers.formType(headers),
                method.equals("HEAD"),
                Headers.credential(headers),
                Headers.wrap(headers),
                Headers.rootNamespace(headers),
                cross);
    }

    /// Whether it asks for what is counted.
    boolean asksMetrics() {
        return operation == Operation.READ && path.value().equals(METRICS);
    }

    /// A DELETE may come with a key share; a body too long for one is dropped.
    private static boolean hasSmallBody(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length != null
                && length.length() <= SMALL_BODY_DIGITS
                && length.chars().allMatch(c -> c >= '0' && c <= '9')
                && !length.equals("0");
    }

    private static RequestPath path(String raw) {
        String decoded = Percent.decode(raw, "path", false);
        String refusal = RequestPath.refusal(decoded);
        if (!refusal.isEmpty()) {
            throw new Refusal(400, refusal);
        }
        return new RequestPath(decoded);
    }

    private static Operation operation(String method, RequestPath path, Query query) {
        Operation operation =
                switch (method) {
                    case "GET" -> query.list() ? Operation.LIST : query.scan() ? Operation.SCAN : Operation.READ;
                    case "LIST" -> Operation.LIST;
                    case "SCAN" -> Operation.SCAN;
                    case "POST", "PUT" -> Operation.UPDATE;
                    case "PATCH" -> Operation.PATCH;
                    case "DELETE" -> Operation.DELETE;
                    case "HELP" -> Operation.HELP;
                    case "HEAD" -> {
                        if (path.value().equals("sys/health")) {
                            yield Operation.READ;
                        }
                        throw Refusal.silent(405);
                    }
                    case "OPTIONS" -> Operation.READ;
                    default -> throw Refusal.silent(405);
                };
        return query.help() ? Operation.HELP : operation;
    }
}
