// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.audit.AuditLog;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.ceremony.Approval;
import io.coffer.core.ceremony.Authority;
import io.coffer.core.ceremony.Starter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Tally;
import io.coffer.core.term.Destruction;
import io.coffer.core.term.Destructions;
import io.coffer.core.vault.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `sys/keys/:scope/:term/destroy` and `restore`: a key that no value needs is destroyed after a time in which it can
/// be had back, or as soon as a quorum of shares says so.
public final class DestroyRoutes {
    private static final Field SHARE =
            Field.secret(Authority.KEY, "One share, in hex or base64: when enough have come, nothing is waited for.");
    private static final Field NONCE =
            Field.text("nonce", "Which shares this one belongs to, as the answer to the first one says.");

    private final MountTable mounts;
    private final Census census;
    private final Approval approval;
    private final AuditLog audit;
    private final Duration wait;

    /// @param wait how long a key can be restored
    public DestroyRoutes(MountTable mounts, Census census, Approval approval, AuditLog audit, Duration wait) {
        this.mounts = mounts;
        this.census = census;
        this.approval = approval;
        this.audit = audit;
        this.wait = wait;
    }

    public List<Route> routes() {
        return List.of(
                Route.steps(
                                "keys/:scope/:term/destroy",
                                Operation.UPDATE,
                                "Destroy a key that no value needs, with a receipt.",
                                this::destroy)
                        .with(SHARE, NONCE)
                        .answering(
                                "the job, as `sys/keys/jobs` shows it, and `progress` of the `required` shares, with"
                                        + " their `nonce` once one has come; after the last one needed it is due at"
                                        + " once",
                                TermRoutes.GONE,
                                TermRoutes.PRIMARY,
                                TermRoutes.DESTROYED,
                                "400 `term … of scope … is needed by … values; rewrap the scope first; …`",
                                "400: the share is none that opens this vault, or was given already; nothing has changed"
                                        + " then"),
                Route.governs(
                                "keys/:scope/:term/restore",
                                Operation.UPDATE,
                                "Keep a key that waits to be destroyed.",
                                this::restore)
                        .answering(
                                "204",
                                TermRoutes.GONE,
                                TermRoutes.DESTROYED,
                                "400 `this key does not wait to be destroyed`"));
    }

    private Optional<Response> destroy(Call call, Vault vault) {
        return Optional.of(new ShareCall(call, audit)
                .taking(share -> share.isPresent() ? offer(call, vault, share.get()) : ask(call, vault)));
    }

    private Response ask(Call call, Vault vault) {
        return change(vault, writer -> ask(call, writer, one -> withShares(call, one)));
    }

    private Response ask(Call call, BarrierWriter writer, Function<Destruction, Json.Obj> words) {
        return refusal(call, writer).orElseGet(() -> {
            TermRoutes.Named named = TermRoutes.Named.of(call, writer).orElseThrow();
            Scope scope = named.scope();
            Destruction one = Destructions.ask(
                    writer,
                    scope,
                    mount(writer, scope),
                    named.term(),
                    call.now(),
                    call.now().plus(wait));
            return new Response.Ok(words.apply(one));
        });
    }

    /// Why this key cannot be destroyed; empty if it can.
    private Optional<Response> refusal(Call call, BarrierReader reader) {
        return TermRoutes.Named.of(call, reader)
                .map(named -> named.refusal(reader).or(() -> needed(named)))
                .orElseGet(() -> Optional.of(new Response.NotFound(TermRoutes.NO_TERM)));
    }

    private Optional<Response> needed(TermRoutes.Named named) {
        long values = census.census(named.scope())
                .getOrDefault(named.term().value(), Tally.NONE)
                .values();
        return values == 0
                ? Optional.empty()
                : Optional.of(new Response.Invalid("term " + named.term() + " of scope " + named.scope()
                        + " is needed by " + values
                        + " values; rewrap the scope first; sys/rewrap names those that it could not move"));
    }

    private Json.Obj withShares(Call call, Destruction one) {
        Approval.Standing standing = approval.standing(subject(call));
        Json.Builder all = Json.object().putAll(one.describe());
        standing.nonce().ifPresent(nonce -> all.put("nonce", nonce));
        return all.put("progress", standing.progress())
                .put("required", standing.required())
                .build();
    }

    private String mount(BarrierReader reader, Scope scope) {
        return mounts.read(reader)
                .withUuid(scope.name())
                .map(served -> served.mount())
                .map(Mount::path)
                .orElse("");
    }

    /// The shares say that nothing is waited for. One that does not count changes nothing.
    private Response offer(Call call, Vault vault, Secret share) {
        Optional<Response> refusal = vault.unsealed(barrier -> barrier.survey(reader -> refusal(call, reader)));
        return refusal.orElseGet(() -> offer(call, vault, share, new ShareCall(call, audit)));
    }

    private Response offer(Call call, Vault vault, Secret share, ShareCall with) {
        Optional<String> nonce = call.request().values().text("nonce").filter(text -> !text.isEmpty());
        Starter starter = Authority.token(call.caller()).orElseThrow();
        return switch (approval.offer(subject(call), nonce, starter, share)) {
            case Approval.Outcome.Refused(String reason) -> with.refused(reason);
            case Approval.Outcome.Taken(var id) -> {
                with.told("key destruction: share taken", id);
                yield ask(call, vault);
            }
            case Approval.Outcome.Agreed(var id) -> {
                with.told("key destruction: share taken", id);
                with.told("key destruction agreed to by a quorum: " + subject(call));
                yield change(
                        vault,
                        writer -> ask(call, writer, one -> Destructions.hasten(writer, one, call.now())
                                .describe()));
            }
        };
    }

    private Response restore(Call call, BarrierWriter writer) {
        Optional<TermRoutes.Named> named = TermRoutes.Named.of(call, writer);
        if (named.isEmpty()) {
            return new Response.NotFound(TermRoutes.NO_TERM);
        }
        if (named.get().info().status() == KeyStatus.DESTROYED) {
            return new Response.Invalid(TermRoutes.IS_DESTROYED);
        }
        if (!Destructions.restore(writer, named.get().scope(), named.get().term())) {
            return new Response.Invalid("this key does not wait to be destroyed");
        }
        approval.cancel(subject(call));
        return Response.NO_CONTENT;
    }

    /// What holders of shares agree to.
    private static String subject(Call call) {
        return "scope " + call.request().values().captured("scope") + ", term "
                + call.request().values().captured("term");
    }

    private static Response change(Vault vault, Function<BarrierWriter, Response> work) {
        return vault.unsealed(barrier -> barrier.govern(work))
                .toCompletableFuture()
                .join();
    }
}
