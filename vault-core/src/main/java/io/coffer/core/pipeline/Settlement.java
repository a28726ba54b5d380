// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Envelope;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.wrapping.Wrapping;
import java.time.Duration;
import java.util.Optional;

/// What becomes of an answer in its transaction: what it grants is made, and it is laid away if that was asked for.
public final class Settlement {
    private final Grants grants;
    private final Wrapping wrapping;

    public Settlement(Grants grants, Wrapping wrapping) {
        this.grants = grants;
        this.wrapping = wrapping;
    }

    /// Makes what a handler's answer grants.
    Response granted(Call call, BarrierWriter writer, Response answer) {
        return answer instanceof Response.Granted granted ? grants.make(call, writer, granted) : answer;
    }

    /// Lays an answer with content away, if the request asks for that. Errors, and answers that say
    /// nothing, are told.
    Response wrapped(Admitted admitted, Call call, BarrierWriter writer, Response answer) {
        Incoming incoming = call.request().incoming();
        Optional<Duration> ttl = incoming.wrapTtl();
        boolean hasContent = answer instanceof Response.Ok
                || answer instanceof Response.Authenticated
                || answer instanceof Response.Leased;
        if (ttl.isEmpty() || !hasContent) {
            return answer;
        }
        Json content = admitted.route().shape() == Shape.RAW && answer instanceof Response.Ok ok
                ? ok.data()
                : Envelope.of(incoming.id(), call.mount().type(), answer).orElseThrow();
        return new Response.Wrapped(wrapping.wrap(
                writer,
                call,
                new Wrapping.Terms(wholeSeconds(ttl.get()), incoming.path().value(), accessor(call, answer)),
                content));
    }

    /// The accessor of the one credential that an answer holds: of a token, or of a secret id of `approle`.
    private static String accessor(Call call, Response answer) {
        if (answer instanceof Response.Ok ok
                && call.mount().type().equals("approle")
                && ok.data() instanceof Json.Obj data
                && data.has("secret_id")
                && data.get("secret_id_accessor") instanceof Json.Str(String accessor)) {
            return accessor;
        }
        return answer instanceof Response.Authenticated in ? in.auth().accessor() : "";
    }

    private static Duration wholeSeconds(Duration ttl) {
        return Duration.ofSeconds(ttl.plusNanos(999_999_999).toSeconds());
    }
}
