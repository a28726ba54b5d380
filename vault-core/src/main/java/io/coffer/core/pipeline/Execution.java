// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.DeadlineExceededException;
import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Handler;
import io.coffer.core.policy.Ruling;
import io.coffer.core.request.Response;
import io.coffer.core.storage.ScopedStorage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the handler of an admitted request.
public final class Execution {
    private final Callers callers;
    private final Time time;
    private final SecureRandom random;

    public Execution(Callers callers, Time time, SecureRandom random) {
        this.callers = callers;
        this.time = time;
        this.random = random;
    }

    SecureRandom random() {
        return random;
    }

    /// What only reads, on the snapshot that it was admitted on.
    Response read(Admitted admitted, BarrierReader reader) {
        Call call = admitted.call(random);
        Response response =
                switch (admitted.route().handler()) {
                    case Handler.Reads(Handler.Read work) ->
                        work.handle(
                                call, ScopedStorage.reader(reader, call.mount().folder()));
                    case Handler.Surveys(Handler.Survey work) -> work.handle(call, reader);
                    case Handler.Writes w -> throw writes();
                    case Handler.Governs g -> throw writes();
                    case Handler.Acts a -> throw writes();
                    case Handler.Steps s -> throw writes();
                };
        checkTime(admitted);
        return withWarnings(response, admitted.warnings());
    }

    /// What writes, in a transaction that also makes sure that the token is still there and still allowed.
    Response write(Admitted before, BarrierWriter writer) {
        Optional<Caller> caller = before.caller().equals(Caller.NOBODY)
                ? Optional.of(before.caller())
                : callers.of(writer, before.request().incoming(), before.now());
        if (caller.isEmpty()) {
            return Response.Denied.PERMISSION;
        }
        Admitted admitted = before.by(caller.get());
        Call call = admitted.call(random);
        if (admitted.ask().isPresent()
                && Authorization.rule(admitted.ask().get(), admitted.route(), call, writer) instanceof Ruling.Refused) {
            return Authorization.DENIED;
        }
        Response response =
                switch (admitted.route().handler()) {
                    case Handler.Writes(Handler.Write work) ->
                        work.handle(
                                call, ScopedStorage.writer(writer, call.mount().folder()));
                    case Handler.Governs(Handler.Govern work) -> work.handle(call, writer);
                    case Handler.Reads r -> throw writes();
                    case Handler.Surveys s -> throw writes();
                    case Handler.Acts a -> throw writes();
                    case Handler.Steps t -> throw writes();
                };
        checkTime(admitted);
        return withWarnings(response, admitted.warnings());
    }

    static boolean readsOnly(Handler handler) {
        return switch (handler) {
            case Handler.Reads r -> true;
            case Handler.Surveys s -> true;
            case Handler.Writes w -> false;
            case Handler.Governs g -> false;
            case Handler.Acts a -> false;
            case Handler.Steps t -> false;
        };
    }

    /// Names without effect are told where there is an answer to tell it in.
    static Response withWarnings(Response response, List<String> warnings) {
        if (warnings.isEmpty() || !(response instanceof Response.Ok ok)) {
            return response;
        }
        List<String> all = new ArrayList<>(ok.warnings());
        all.addAll(warnings);
        return new Response.Ok(ok.data(), ok.leaseSeconds(), all);
    }

    /// @throws DeadlineExceededException if the request has taken too long
    void checkTime(Admitted admitted) {
        if (time.elapsed().compareTo(admitted.request().incoming().deadline()) > 0) {
            throw new DeadlineExceededException();
        }
    }

    private static IllegalStateException writes() {
        return new IllegalStateException("the kind of handler was asked for before");
    }
}
