// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.Time;
import io.coffer.core.VaultSealedException;
import io.coffer.core.audit.AuditLines;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditedRequest;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// The road of a request. What needs a key happens inside the door, in one visit for a read and two for a
/// write; what waits for a disk or a device happens outside, so nobody holds the vault open for one.
public final class RequestPipeline {
    private static final String NOTHING = "nothing was changed";

    private final Vault vault;
    private final Steps steps;
    private final Time time;
    private final Executor workers;
    private final SlowWork slow;
    private final Stepwise stepwise;

    /// The steps that the pipeline composes.
    ///
    /// @param audit where entries are written
    public record Steps(
            AnyState anyState,
            Throttle throttle,
            Admission admission,
            Execution execution,
            AuditLog audit,
            Faults faults) {}

    /// @param workers goes on with a write when its audit entry is written
    /// @param slow runs what takes long, and refuses more than a little of it at once
    public RequestPipeline(Vault vault, Steps steps, Time time, Executor workers, Executor slow) {
        this.vault = vault;
        this.steps = steps;
        this.time = time;
        this.workers = workers;
        this.stepwise = new Stepwise(vault, steps.execution(), workers);
        this.slow = new SlowWork(vault, steps.execution(), slow);
    }

    /// Runs a request as far as nothing is left but waiting; completes when the answer may go out, and never fails.
    public CompletionStage<Reply> handle(Incoming incoming) {
        try {
            Optional<Reply> early = steps.anyState().answer(vault, incoming);
            if (early.isPresent()) {
                return CompletableFuture.completedFuture(early.get());
            }
            Visit.Entry entry = vault.unsealed(barrier -> barrier.survey(reader -> enter(reader, incoming)));
            CompletionStage<Reply> answer = answer(entry.visit(), incoming);
            return entry.headers().isEmpty() ? answer : answer.thenApply(reply -> reply.with(entry.headers()));
        } catch (RuntimeException fault) {
            return CompletableFuture.completedFuture(failed(incoming, fault));
        } finally {
            Arrays.fill(incoming.body(), (byte) 0);
        }
    }

    private CompletionStage<Reply> answer(Visit visit, Incoming incoming) {
        return switch (visit) {
            case Visit.Told(Reply reply, AuditedRequest request, AuditLines response) ->
                steps.audit()
                        .write(request, response)
                        .thenApply(written -> reply)
                        .exceptionally(fault -> failed(incoming, fault));
            case Visit.Untold(Reply reply) -> CompletableFuture.completedFuture(reply);
            case Visit.ToPay due -> audited(due, incoming);
            case Visit.ToDo(Admitted todo) -> audited(todo);
        };
    }

    /// What a transaction came to.
    private record Done(Reply reply, AuditLines lines) {}

    private Visit.Entry enter(BarrierReader reader, Incoming incoming) {
        Throttle.Toll toll = steps.throttle().take(reader, incoming);
        return new Visit.Entry(
                toll.refusal()
                        .<Visit>map(refusal -> new Visit.Untold(Reply.plain(incoming.id(), refusal)))
                        .orElseGet(() -> visit(reader, incoming)),
                toll.headers());
    }

    private Visit visit(BarrierReader reader, Incoming incoming) {
        Instant now = time.now();
        return switch (steps.admission().decide(reader, incoming, now)) {
            case Admission.Decision.Answered(Response response, Shape shape, String type, var facts, boolean costs) -> {
                AuditedRequest request = steps.audit().request(reader, facts);
                facts.secrets().values().forEach(Secret::close);
                Reply reply = new Reply(incoming.id(), response, shape, type);
                if (costs) {
                    yield new Visit.ToPay(reply, request, now);
                }
                yield new Visit.Told(reply, request, steps.audit().response(reader, request, response));
            }
            case Admission.Decision.Untold(Response response) -> new Visit.Untold(Reply.plain(incoming.id(), response));
            case Admission.Decision.In(Admitted admitted) -> visit(reader, admitted);
        };
    }

    private Visit visit(BarrierReader reader, Admitted admitted) {
        if (!Execution.readsOnly(admitted)) {
            return new Visit.ToDo(admitted);
        }
        try {
            Response response = steps.execution().read(admitted, reader);
            return response instanceof Response.Granted
                    ? new Visit.ToDo(admitted)
                    : told(admitted, response, steps.audit().response(reader, admitted.audited(), response));
        } catch (RuntimeException fault) {
            Response response = steps.faults()
                    .unchanged(fault, admitted.request().incoming().id());
            return told(admitted, response, steps.audit().ended(admitted.audited(), NOTHING));
        }
    }

    private static Visit told(Admitted admitted, Response response, AuditLines lines) {
        Parsing.close(admitted.request().values());
        return new Visit.Told(Reply.of(admitted, response), admitted.audited(), lines);
    }

    /// A write goes on when a device has written what is to be done; what seals the vault waits for none.
    private CompletionStage<Reply> audited(Admitted todo) {
        CompletableFuture<Void> written = steps.audit().write(todo.audited()).toCompletableFuture();
        CompletionStage<Reply> done =
                switch (todo.route().handler()) {
                    case Handler.Acts(Handler.Act work) ->
                        todo.route().access() == Access.TOKEN_IF_UNSEALED
                                        && !todo.caller().counted()
                                ? act(todo, work)
                                : after(written, () -> paid(todo, () -> act(todo, work)));
                    case Handler.Steps(Handler.Step work) -> after(written, () -> paid(todo, () -> steps(todo, work)));
                    case Handler.Prepared(Handler.Look work) -> after(written, () -> prepared(todo, work));
                    case Handler.Writes w -> transactAfter(written, todo);
                    case Handler.Governs g -> transactAfter(written, todo);
                    case Handler.Reads r -> transactAfter(written, todo);
                    case Handler.Surveys s -> transactAfter(written, todo);
                };
        return done.exceptionally(fault -> failed(todo.request().incoming(), fault))
                .whenComplete((reply, none) -> Parsing.close(todo.request().values()));
    }

    private CompletionStage<Reply> transactAfter(CompletableFuture<Void> written, Admitted todo) {
        return after(written, () -> run(todo));
    }

    private CompletionStage<Reply> prepared(Admitted todo, Handler.Look work) {
        Reply like = Reply.of(todo, Response.NO_CONTENT);
        return slow.prepare(todo, work)
                .handleAsync(
                        (finish, fault) -> fault == null
                                ? run(todo, writer -> steps.execution().finish(todo, finish, writer))
                                : unchanged(like, todo.audited(), fault),
                        workers)
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Reply> after(CompletableFuture<Void> written, Supplier<CompletionStage<Reply>> work) {
        if (!written.isDone() || written.isCompletedExceptionally()) {
            return written.thenComposeAsync(device -> work.get(), workers);
        }
        try {
            return work.get();
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private CompletionStage<Reply> audited(Visit.ToPay due, Incoming incoming) {
        CompletableFuture<Void> written = steps.audit().write(due.request()).toCompletableFuture();
        Response answer = due.reply().response();
        return after(
                        written,
                        () -> run(due.reply(), due.request(), writer -> steps.execution()
                                .pay(answer, incoming, due.now(), writer)))
                .exceptionally(fault -> failed(incoming, fault));
    }

    /// Takes what a request costs its token before it changes the vault itself.
    private CompletionStage<Reply> paid(Admitted todo, Supplier<CompletionStage<Reply>> work) {
        if (!todo.caller().counted()) {
            return work.get();
        }
        Incoming incoming = todo.request().incoming();
        return vault.unsealed(barrier -> barrier.govern(
                        writer -> steps.execution().pay(Response.NO_CONTENT, incoming, todo.now(), writer)))
                .thenComposeAsync(
                        response -> response == Response.NO_CONTENT
                                ? work.get()
                                : answered(new Done(Reply.of(todo, response), lines(todo, response))),
                        workers);
    }

    private CompletionStage<Reply> run(Admitted todo) {
        return run(todo, writer -> steps.execution().write(todo, writer));
    }

    /// At a mount that a request in flight finds disabled, nothing is written or granted any more.
    private CompletionStage<Reply> run(Admitted todo, Function<BarrierWriter, Response> transaction) {
        return run(Reply.of(todo, Response.NO_CONTENT), todo.audited(), writer -> steps.admission()
                .gone(todo, writer)
                .orElseGet(() -> transaction.apply(writer)));
    }

    /// @param like the reply, but for its answer
    private CompletionStage<Reply> run(
            Reply like, AuditedRequest audited, Function<BarrierWriter, Response> transaction) {
        try {
            return vault.unsealed(barrier -> barrier.govern(writer -> {
                        Response response = transaction.apply(writer);
                        return new Done(like.with(response), steps.audit().response(writer, audited, response));
                    }))
                    .handle((told, fault) -> fault == null ? answered(told) : unchanged(like, audited, fault))
                    .thenCompose(stage -> stage);
        } catch (VaultSealedException meanwhile) {
            return unchanged(like, audited, meanwhile);
        }
    }

    /// The change is durable; if no device writes the answer's entry, the client must not take that for a change that
    /// was not made.
    private CompletionStage<Reply> answered(Done told) {
        Reply reply = told.reply();
        return steps.audit()
                .write(told.lines())
                .handle((written, unaudited) -> unaudited == null
                        ? reply
                        : new Reply(reply.requestId(), Faults.UNAUDITED, reply.shape(), reply.mountType()));
    }

    private CompletionStage<Reply> unchanged(Reply like, AuditedRequest audited, Throwable fault) {
        return ended(like.with(steps.faults().unchanged(fault, like.requestId())), audited, NOTHING, fault);
    }

    /// @param changed what there is to say if the fault leaves nothing open
    private CompletionStage<Reply> ended(Reply reply, AuditedRequest audited, String changed, Throwable fault) {
        AuditLines twin = steps.audit().ended(audited, Faults.isUnknown(fault) ? AuditLog.OUTCOME_UNKNOWN : changed);
        return steps.audit().write(twin).handle((written, unaudited) -> reply);
    }

    /// Changes the vault itself, outside the door. Its last entry is written without waiting: a failing device never
    /// blocks sealing, and never keeps new shares from those who wait for them.
    private CompletionStage<Reply> act(Admitted todo, Handler.Act work) {
        Response response = work.handle(todo.call(steps.execution().random()), vault);
        steps.audit().write(steps.audit().ended(todo.audited(), ""));
        return CompletableFuture.completedFuture(Reply.of(todo, response));
    }

    private CompletionStage<Reply> steps(Admitted todo, Handler.Step work) {
        return stepwise.run(todo, work)
                .handle((response, fault) -> fault == null
                        ? answered(new Done(Reply.of(todo, response), lines(todo, response)))
                        : broken(Reply.of(todo, Response.NO_CONTENT), todo.audited(), fault))
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Reply> broken(Reply like, AuditedRequest audited, Throwable fault) {
        Response response = steps.faults().answer(fault, like.requestId());
        return ended(like.with(response), audited, "ended before its last step", fault);
    }

    /// The entry of an answer that was made outside the door; without its values if the vault has sealed since.
    private AuditLines lines(Admitted todo, Response response) {
        try {
            return vault.unsealed(
                    barrier -> barrier.survey(reader -> steps.audit().response(reader, todo.audited(), response)));
        } catch (VaultSealedException meanwhile) {
            return steps.audit().ended(todo.audited(), "");
        }
    }

    private Reply failed(Incoming incoming, Throwable fault) {
        return Reply.plain(incoming.id(), steps.faults().answer(fault, incoming.id()));
    }
}
