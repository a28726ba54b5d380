// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.DeadlineExceededException;
import io.coffer.core.Slow;
import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Handler;
import io.coffer.core.policy.Ruling;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.ScopedStorage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs the handler of an admitted request.
public final class Execution {
    private final Callers callers;
    private final Uses uses;
    private final Settlement settlement;
    private final Time time;
    private final SecureRandom random;

    public Execution(Callers callers, Uses uses, Settlement settlement, Time time, SecureRandom random) {
        this.callers = callers;
        this.uses = uses;
        this.settlement = settlement;
        this.time = time;
        this.random = random;
    }

    SecureRandom random() {
        return random;
    }

    /// What only reads, on the snapshot that it was admitted on. The answer may be a grant, which needs a
    /// transaction.
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
                    case Handler.Prepared p -> throw writes();
                    case Handler.Acts a -> throw writes();
                    case Handler.Steps t -> throw writes();
                };
        checkTime(admitted);
        return withWarnings(EntryFilter.filtered(admitted, response), admitted.warnings());
    }

    /// What writes, in a transaction that also makes sure that the token is still there and still allowed, and that
    /// takes what the request costs it.
    Response write(Admitted before, BarrierWriter writer) {
        return write(before, before.route().handler(), writer);
    }

    /// What was prepared, as {@link #write(Admitted, BarrierWriter)}.
    Response finish(Admitted before, Handler.Write prepared, BarrierWriter writer) {
        return write(before, new Handler.Writes(prepared), writer);
    }

    /// What a route of slow work sees before it.
    Handler.Preparation look(Admitted admitted, Handler.Look work, BarrierReader reader) {
        Call call = admitted.call(random);
        return work.handle(call, ScopedStorage.reader(reader, call.mount().folder()));
    }

    /// The leave that a request has for slow work.
    Slow leave(Admitted admitted) {
        return () -> {
            checkTime(admitted);
            return admitted.request().incoming().deadline().minus(time.elapsed());
        };
    }

    private Response write(Admitted before, Handler handler, BarrierWriter writer) {
        Optional<Caller> caller = before.caller().equals(Caller.NOBODY)
                ? Optional.of(before.caller())
                : callers.of(writer, before.request().incoming(), before.now());
        if (caller.isEmpty()) {
            return Admission.unknown(before.request().incoming(), before.route().access());
        }
        boolean last = uses.take(writer, caller.get(), before.now());
        Response response = allowed(before.by(caller.get()), handler, writer);
        if (last) {
            uses.end(writer, caller.get());
        }
        checkTime(before);
        return response;
    }

    /// What costs a token a use and was answered before.
    ///
    /// @return the answer, or that the token is not there any more
    Response pay(Response answer, Incoming incoming, Instant now, BarrierWriter writer) {
        Optional<Caller> caller = callers.of(writer, incoming, now);
        if (caller.isEmpty()) {
            return Response.Denied.PERMISSION;
        }
        if (uses.take(writer, caller.get(), now)) {
            uses.end(writer, caller.get());
        }
        return answer;
    }

    private Response allowed(Admitted admitted, Handler handler, BarrierWriter writer) {
        Call call = admitted.call(random);
        if (admitted.ask().isPresent()
                && Authorization.rule(admitted.ask().get(), admitted.route(), call, writer) instanceof Ruling.Refused) {
            return Authorization.DENIED;
        }
        Response handled = EntryFilter.filtered(admitted, handled(handler, call, writer));
        Response response = settlement.granted(call, writer, handled);
        return settlement.wrapped(admitted, call, writer, withWarnings(response, admitted.warnings()));
    }

    private static Response handled(Handler handler, Call call, BarrierWriter writer) {
        Folder folder = call.mount().folder();
        return switch (handler) {
            case Handler.Writes(Handler.Write work) -> work.handle(call, ScopedStorage.writer(writer, folder));
            case Handler.Governs(Handler.Govern work) -> work.handle(call, writer);
            case Handler.Reads(Handler.Read work) -> work.handle(call, ScopedStorage.reader(writer, folder));
            case Handler.Surveys(Handler.Survey work) -> work.handle(call, writer);
            case Handler.Prepared p -> throw writes();
            case Handler.Acts a -> throw writes();
            case Handler.Steps t -> throw writes();
        };
    }

    /// Whether an admitted request may be answered from the snapshot that it was admitted on.
    static boolean readsOnly(Admitted admitted) {
        return readsOnly(admitted.route().handler())
                && !admitted.caller().counted()
                && admitted.request().incoming().wrapTtl().isEmpty();
    }

    private static boolean readsOnly(Handler handler) {
        return switch (handler) {
            case Handler.Reads r -> true;
            case Handler.Surveys s -> true;
            case Handler.Writes w -> false;
            case Handler.Governs g -> false;
            case Handler.Prepared p -> false;
            case Handler.Acts a -> false;
            case Handler.Steps t -> false;
        };
    }

    /// Names without effect are told where there is an answer to tell it in.
    static Response withWarnings(Response response, List<String> warnings) {
        if (warnings.isEmpty()) {
            return response;
        }
        return switch (response) {
            case Response.Ok(Json data, long seconds, List<String> own) ->
                new Response.Ok(data, seconds, joined(own, warnings));
            case Response.Authenticated(Auth auth, Json data, List<String> own) ->
                new Response.Authenticated(auth, data, joined(own, warnings));
            case Response.Leased leased ->
                new Response.Leased(
                        leased.leaseId(),
                        leased.renewable(),
                        leased.seconds(),
                        leased.data(),
                        joined(leased.warnings(), warnings));
            default -> response;
        };
    }

    private static List<String> joined(List<String> own, List<String> more) {
        return Stream.concat(own.stream(), more.stream()).toList();
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
