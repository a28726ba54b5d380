// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.policy.Acl;
import io.coffer.core.policy.Capabilities;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `sys/capabilities`, `-self` and `-accessor`: what a token may do on paths.
public final class CapabilityRoutes {
    /// The most paths that one request may ask for.
    public static final int MOST_PATHS = 1_000;

    private static final Field PATHS = Field.texts("paths", "The paths.");
    private static final Field PATH = Field.texts("path", "An older name of paths.");

    private final NamedTokens tokens;

    public CapabilityRoutes(NamedTokens tokens) {
        this.tokens = tokens;
    }

    public List<Route> routes() {
        return List.of(
                route("capabilities", "Return what a token may do on paths.", this::ofToken)
                        .with(Field.text("token", "The token."), PATHS, PATH)
                        .shape(Shape.INJECTED),
                route(
                                "capabilities-self",
                                "Return what the token that calls may do on paths.",
                                (call, reader) -> answer(call, call.caller().acl()))
                        .with(PATHS, PATH)
                        .shape(Shape.INJECTED),
                route("capabilities-accessor", "Return what the token with an accessor may do.", this::ofAccessor)
                        .with(Field.text("accessor", "The accessor of the token."), PATHS, PATH)
                        .shape(Shape.INJECTED));
    }

    private static Route route(String path, String help, Handler.Survey work) {
        return Route.surveys(path, Operation.UPDATE, help, work);
    }

    private Response ofToken(Call call, BarrierReader reader) {
        String token = call.request().values().text("token").orElse("");
        if (token.isEmpty()) {
            return new Response.Failed(Response.wrapped("no token found"));
        }
        Optional<Acl> acl = tokens.byText(reader, token, call.now());
        return acl.isPresent() ? answer(call, acl.get()) : new Response.Invalid(Response.wrapped("invalid token"));
    }

    private Response ofAccessor(Call call, BarrierReader reader) {
        String accessor = call.request().values().text("accessor").orElse("");
        Optional<Acl> acl = tokens.byAccessor(reader, accessor, call.now());
        return acl.isPresent() ? answer(call, acl.get()) : new Response.Invalid(Response.wrapped("invalid accessor"));
    }

    private static Response answer(Call call, Acl acl) {
        Values values = call.request().values();
        Set<String> paths = new LinkedHashSet<>(values.strings("paths").orElse(List.of()));
        paths.addAll(values.strings("path").orElse(List.of()));
        if (paths.isEmpty()) {
            return new Response.Invalid("paths must be supplied");
        }
        if (paths.size() > MOST_PATHS) {
            return new Response.Invalid("at most " + MOST_PATHS + " paths may be asked for at once");
        }
        Json.Builder data = Json.object();
        paths.forEach(path -> data.put(path, Json.of(names(acl, path))));
        if (paths.size() == 1 && !paths.contains("capabilities")) {
            data.put("capabilities", Json.of(names(acl, paths.iterator().next())));
        }
        return new Response.Ok(data.build());
    }

    /// A text that is no path of any request is one where nothing is allowed.
    private static List<String> names(Acl acl, String text) {
        if (acl.isRoot()) {
            return List.of("root");
        }
        Capabilities found = path(text).map(acl::capabilities).orElse(Capabilities.NONE);
        return (found.grants() ? found : Capabilities.DENIED).names();
    }

    static Optional<RequestPath> path(String text) {
        String plain = text.startsWith("/") ? text.substring(1) : text;
        return RequestPath.refusal(plain).isEmpty() ? Optional.of(new RequestPath(plain)) : Optional.empty();
    }
}
