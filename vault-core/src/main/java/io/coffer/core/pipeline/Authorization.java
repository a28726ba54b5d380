// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Coercion;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.policy.Acl;
import io.coffer.core.policy.Ask;
import io.coffer.core.policy.Capability;
import io.coffer.core.policy.Rule;
import io.coffer.core.policy.Ruling;
import io.coffer.core.policy.SudoPaths;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Request;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.ScopedStorage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts a request to the policies of its caller: before the body is read, as far as is known then, and whole
/// afterwards. A write is put to them once more in its transaction, on what the transaction sees.
final class Authorization {
    static final Response DENIED = new Response.Denied(Response.wrapped("permission denied"));

    private static final String LIMIT = "limit";

    private Authorization() {}

    /// What is asked, as far as it is known before the body is read.
    static Ask ask(Incoming incoming, Router.Match match) {
        return switch (match) {
            case Router.Match.Found found ->
                ask(
                        incoming,
                        found.route().existence().isPresent(),
                        found.route().access() == Access.TOKEN_OR_SHARE || asksSudo(incoming, found.mount()));
            case Router.Match.NoMount none -> ask(incoming, false, false);
            case Router.Match.NoPath(Mount mount) -> ask(incoming, false, asksSudo(incoming, mount));
            case Router.Match.NoOperation(Mount mount) -> ask(incoming, false, asksSudo(incoming, mount));
            case Router.Match.Help(Mount mount, List<Route> routes) -> ask(incoming, false, false);
        };
    }

    /// The same with the parameters, which rules may be for.
    static Ask ask(Ask early, Request request) {
        return early.with(parameters(request));
    }

    static boolean allows(Acl acl, Ask ask) {
        return acl.check(ask) instanceof Ruling.Allowed;
    }

    /// The ruling on all that is asked. Whether the target of a write is there is looked up only where the rule lets
    /// the caller either create or update.
    static Ruling rule(Ask ask, Route route, Call call, BarrierReader reader) {
        Acl acl = call.caller().acl();
        Ruling ruling = acl.check(ask);
        if (ask.operation() != Operation.UPDATE || route.existence().isEmpty() || !isNarrow(ruling)) {
            return ruling;
        }
        boolean exists = route.existence()
                .get()
                .exists(call, ScopedStorage.reader(reader, call.mount().folder()));
        return acl.check(ask.onto(exists));
    }

    /// The request with at most as long a list as the rule allows; empty if it asks for a longer one.
    static Optional<Request> paged(Request request, Route route, Ruling ruling) {
        long most = ruling.rule().map(Rule::pageLimit).orElse(0L);
        boolean lists = route.operation() == Operation.LIST || route.operation() == Operation.SCAN;
        if (most == 0 || !lists || route.fields().stream().noneMatch(Authorization::limits)) {
            return Optional.of(request);
        }
        long asked = request.values().number(LIMIT).orElse(0);
        if (asked > most) {
            return Optional.empty();
        }
        Map<String, Json> fields = new LinkedHashMap<>(request.values().fields());
        fields.put(LIMIT, Json.of(asked == 0 ? most : asked));
        Values values = new Values(fields, request.values().secrets());
        return Optional.of(new Request(request.incoming(), values, request.body()));
    }

    /// What a request asks a path for; a list asks for a folder.
    static RequestPath path(Incoming incoming) {
        return switch (incoming.operation()) {
            case LIST, SCAN -> incoming.path().asFolder();
            case READ, UPDATE, PATCH, DELETE, HELP -> incoming.path();
        };
    }

    private static Ask ask(Incoming incoming, boolean creates, boolean sudo) {
        return Ask.of(incoming.operation(), path(incoming), creates, sudo, incoming.wrapTtl());
    }

    private static boolean asksSudo(Incoming incoming, Mount mount) {
        String path = path(incoming).value();
        return path.startsWith(mount.path())
                && SudoPaths.ask(mount.type(), path.substring(mount.path().length()));
    }

    /// Whether the rule that allows leaves open what happens if the target is there, or is not.
    private static boolean isNarrow(Ruling ruling) {
        return ruling instanceof Ruling.Allowed(Optional<Rule> rule)
                && rule.isPresent()
                && !(rule.get().capabilities().has(Capability.CREATE)
                        && rule.get().capabilities().has(Capability.UPDATE));
    }

    private static Map<String, Json> parameters(Request request) {
        return switch (request.incoming().operation()) {
            case UPDATE, PATCH -> {
                Map<String, Json> all = new LinkedHashMap<>(request.body().members());
                request.values().secrets().keySet().forEach(name -> all.put(name, Json.NULL));
                yield all;
            }
            case READ, LIST, SCAN, DELETE, HELP ->
                Coercion.parameters(request.incoming().query()).members();
        };
    }

    private static boolean limits(Field field) {
        return field.name().equals(LIMIT);
    }
}
