// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.wrapping.Wrapping;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `sys/wrapping`: what becomes of wrapped answers. The token of one stands in the field `token`, or is the one that
/// calls.
public final class WrappingRoutes {
    private static final String LOOKUP_HELP = "Return how long an answer lies wrapped, and where it came from.";
    /// Of any type, since whatever is no text is as good as no token.
    private static final Field TOKEN =
            Field.any("token", "The token of the wrapped answer; the one that calls, if absent.");
    private static final Response INVALID = new Response.Invalid("wrapping token is not valid or does not exist");
    private static final Response NO_TOKEN =
            new Response.Denied("error validating wrapping token: 'token' must be text that is not empty");

    private final Wrapping wrapping;

    public WrappingRoutes(Wrapping wrapping) {
        this.wrapping = wrapping;
    }

    public List<Route> routes() {
        return List.of(
                Route.reads("wrapping/wrap", Operation.UPDATE, "Wrap what the body holds.", WrappingRoutes::wrap)
                        .withOpenFields()
                        .shape(Shape.INJECTED),
                Route.governs("wrapping/unwrap", Operation.UPDATE, "Return a wrapped answer, once.", this::unwrap)
                        .with(TOKEN)
                        .access(Access.WRAPPING)
                        .shape(Shape.RAW),
                Route.governs("wrapping/rewrap", Operation.UPDATE, "Give a wrapped answer another token.", this::rewrap)
                        .with(TOKEN)
                        .access(Access.WRAPPING),
                Route.surveys("wrapping/lookup", Operation.READ, LOOKUP_HELP, this::lookup)
                        .with(TOKEN)
                        .access(Access.ANYONE),
                Route.surveys("wrapping/lookup", Operation.UPDATE, LOOKUP_HELP, this::lookup)
                        .with(TOKEN)
                        .access(Access.ANYONE));
    }

    private static Response wrap(Call call, Reader<Plaintext> reader) {
        return call.request().incoming().wrapTtl().isPresent()
                ? new Response.Ok(call.request().body())
                : new Response.Invalid("endpoint requires response wrapping to be used");
    }

    private Response unwrap(Call call, BarrierWriter writer) {
        return named(call, writer, lying -> new Response.Coded(200, wrapping.take(writer, lying)));
    }

    private Response rewrap(Call call, BarrierWriter writer) {
        return named(call, writer, lying -> new Response.Wrapped(wrapping.move(writer, call, lying)));
    }

    private Response lookup(Call call, BarrierReader reader) {
        return named(
                call,
                reader,
                lying -> new Response.Ok(Json.object()
                        .put("creation_path", lying.path())
                        .put("creation_time", Timestamps.format(lying.created()))
                        .put("creation_ttl", lying.ttl().toSeconds())
                        .build()));
    }

    private Response named(Call call, BarrierReader reader, Function<Wrapping.Lying, Response> work) {
        Values values = call.request().values();
        Optional<Credential> caller = call.request().incoming().credential();
        if (!values.has("token")) {
            return caller.map(token -> opened(call, reader, token, work)).orElse(Response.Denied.PERMISSION);
        }
        return values.fields().get("token") instanceof Json.Str(String text) && !text.isEmpty()
                ? Credential.parse(text)
                        .map(token -> opened(call, reader, token, work))
                        .orElse(INVALID)
                : NO_TOKEN;
    }

    private Response opened(
            Call call, BarrierReader reader, Credential token, Function<Wrapping.Lying, Response> work) {
        return wrapping.find(reader, token, call.now()).map(work).orElse(INVALID);
    }
}
