// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.Durations;
import io.coffer.core.audit.AuditFacts;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditNotice;
import io.coffer.core.audit.AuditedRequest;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.policy.Ask;
import io.coffer.core.policy.Ruling;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Request;
import io.coffer.core.request.Response;
import io.coffer.core.wrapping.Wrapping;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides on one snapshot whether a request goes on: who calls, what answers, is it allowed, what does it
/// say. A body is parsed only for a caller that was let in.
public final class Admission {
    private static final String INVALID_TOKEN = "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n";

    private final Mounted mounts;
    private final Callers callers;
    private final Parsing parsing;
    private final AuditLog audit;
    private final SecureRandom random;

    /// The mounts, and what those without settings of their own go by.
    public record Mounted(MountTable table, MountDefaults standard) {}

    public Admission(Mounted mounts, Callers callers, Parsing parsing, AuditLog audit, SecureRandom random) {
        this.mounts = mounts;
        this.callers = callers;
        this.parsing = parsing;
        this.audit = audit;
        this.random = random;
    }

    /// What became of a request.
    sealed interface Decision {
        record In(Admitted admitted) implements Decision {}

        /// It has its answer already.
        ///
        /// @param costs whether it costs the token a use all the same
        record Answered(Response response, Shape shape, String mountType, AuditFacts facts, boolean costs)
                implements Decision {}

        /// It has its answer already, and there is no entry of it.
        record Untold(Response response) implements Decision {}
    }

    Decision decide(BarrierReader reader, Incoming incoming, Instant now) {
        AuditFacts facts = AuditFacts.of(incoming);
        if (writesFolder(incoming)) {
            return answered(new Response.Invalid("cannot write to a path ending in '/'"), facts);
        }
        Router.Match match = Router.route(
                mounts.table().read(reader), Authorization.path(incoming).value(), incoming.operation());
        Access access =
                match instanceof Router.Match.Found found ? found.route().access() : Access.TOKEN;
        Ask ask = Authorization.ask(incoming, match);
        Optional<Caller> caller = caller(reader, incoming, access, ask, now);
        if (match instanceof Router.Match.Found found
                && opensToNobody(access)
                && caller.orElse(Caller.NOBODY).equals(Caller.NOBODY)) {
            return nobody(incoming, found, now);
        }
        if (caller.isEmpty()) {
            return answered(unknown(incoming, access), facts.refused("permission denied"));
        }
        Decision decision = decide(reader, new Asked(incoming, match, caller.get(), ask, now), facts);
        return decision instanceof Decision.Answered(var response, var shape, var type, var told, boolean none)
                        && caller.get().counted()
                ? new Decision.Answered(response, shape, type, told, true)
                : decision;
    }

    private Decision decide(BarrierReader reader, Asked asked, AuditFacts facts) {
        AuditFacts by = facts.by(Telling.subject(asked.caller()));
        Optional<Response> wrap = wrapRefusal(asked.incoming(), asked.match());
        if (wrap.isPresent()) {
            return answered(wrap.get(), by);
        }
        return asked.match() instanceof Router.Match.Found found
                ? found(reader, new Known(asked.incoming(), found, asked.caller(), asked.ask(), asked.now()), by)
                : unfound(asked.incoming(), asked.match(), asked.caller(), asked.ask(), by);
    }

    /// A request of somebody who is known.
    private record Asked(Incoming incoming, Router.Match match, Caller caller, Ask ask, Instant now) {}

    /// What whoever has no token of this vault is told, also where he had one until now.
    static Response unknown(Incoming incoming, Access access) {
        if (incoming.credential().isEmpty()) {
            return Response.Denied.PERMISSION;
        }
        return access == Access.WRAPPING
                ? new Response.Invalid("wrapping token is not valid or does not exist")
                : new Response.Denied(INVALID_TOKEN);
    }

    private static Decision unfound(Incoming incoming, Router.Match match, Caller caller, Ask ask, AuditFacts facts) {
        return switch (match) {
            case Router.Match.Found found -> throw new IllegalArgumentException("a route was found");
            case Router.Match.Help(Mount mount, var routes) ->
                new Decision.Answered(
                        new Response.Ok(HelpText.of(incoming.path().value(), mount, routes)),
                        Shape.RAW,
                        mount.type(),
                        facts,
                        false);
            case Router.Match.NoMount none -> instead(caller, ask, Router.noMount(incoming), facts);
            case Router.Match.NoPath(Mount mount) ->
                instead(caller, ask, new Response.NotFound(Response.wrapped("unsupported path")), facts);
            case Router.Match.NoOperation(Mount mount) ->
                instead(caller, ask, new Response.NotAllowed(Response.wrapped("unsupported operation")), facts);
        };
    }

    /// What a request is told that was let in at a mount that is gone or leaving now; empty if it still serves.
    Optional<Response> gone(Admitted admitted, BarrierReader reader) {
        boolean serves = mounts.table().read(reader).serves(admitted.mount().uuid());
        return serves
                ? Optional.empty()
                : Optional.of(Router.noMount(admitted.request().incoming()));
    }

    /// What is known of a request whose route was found.
    private record Known(Incoming incoming, Router.Match.Found found, Caller caller, Ask ask, Instant now) {
        boolean needsPolicy() {
            return switch (found.route().access()) {
                case TOKEN, TOKEN_IF_UNSEALED, TOKEN_OR_SHARE -> true;
                case WRAPPING -> !Wrapping.isWrapping(caller.policies());
                case ANY_TOKEN, ANYONE, ANYONE_NAMED, ANY_STATE -> false;
            };
        }
    }

    /// Somebody without a token, or whose token counts as none. He costs no audit entry of his own: whoever knocks a
    /// million times fills no disk. The handler tells of what he did by notices.
    private Decision nobody(Incoming incoming, Router.Match.Found found, Instant now) {
        Optional<Response> wrap = wrapRefusal(incoming, found);
        if (wrap.isPresent()) {
            return new Decision.Untold(wrap.get());
        }
        return switch (parsing.parse(incoming, found.route(), found.captures())) {
            case Parsing.Outcome.Refused(Response answer) -> {
                audit.notice(AuditNotice.refused(incoming, "malformed request"));
                yield new Decision.Untold(answer);
            }
            case Parsing.Outcome.Parsed(var request, var warnings) ->
                new Decision.In(new Admitted(
                        found.route(),
                        request,
                        Caller.NOBODY,
                        found.mount().config(mounts.standard()),
                        now,
                        warnings,
                        Optional.empty(),
                        AuditedRequest.NONE));
        };
    }

    private Decision found(BarrierReader reader, Known known, AuditFacts facts) {
        Mount mount = known.found().mount();
        AuditFacts at = facts.at(Telling.mount(mount));
        if (known.needsPolicy() && !Authorization.allows(known.caller().acl(), known.ask())) {
            return denied(at);
        }
        return switch (parsing.parse(
                known.incoming(), known.found().route(), known.found().captures())) {
            case Parsing.Outcome.Refused(Response answer) -> answered(answer, at);
            case Parsing.Outcome.Parsed(var request, var warnings) -> {
                AuditFacts told = at.with(
                        Telling.data(known.incoming(), request.body()),
                        request.values().secrets());
                yield permitted(reader, known, request)
                        .<Decision>map(permit -> new Decision.In(new Admitted(
                                known.found().route(),
                                permit.request(),
                                known.caller(),
                                mount.config(mounts.standard()),
                                known.now(),
                                warnings,
                                permit.ask(),
                                audit.request(reader, told.granted(permit.granting())))))
                        .orElseGet(() -> denied(told));
            }
        };
    }

    /// What policies allow.
    ///
    /// @param ask what they were asked; empty if nothing
    /// @param granting those that said yes
    private record Permit(Request request, Optional<Ask> ask, List<String> granting) {}

    /// The request as far as the caller's policies allow it, now that it is known whole.
    private Optional<Permit> permitted(BarrierReader reader, Known known, Request request) {
        if (!known.needsPolicy()) {
            return Optional.of(new Permit(request, Optional.empty(), List.of()));
        }
        Route route = known.found().route();
        MountConfig mount = known.found().mount().config(mounts.standard());
        Call call = new Call(request, known.caller(), mount, known.now(), random);
        Ask ask = Authorization.ask(known.ask(), request);
        Ruling ruling = Authorization.rule(ask, route, call, reader);
        Optional<Request> paged =
                ruling instanceof Ruling.Allowed ? Authorization.paged(request, route, ruling) : Optional.empty();
        return paged.map(allowed ->
                new Permit(allowed, Optional.of(ask), known.caller().acl().granting(ask, ruling)));
    }

    private Optional<Caller> caller(BarrierReader reader, Incoming incoming, Access access, Ask ask, Instant now) {
        return switch (access) {
            case ANYONE -> Optional.of(Caller.NOBODY);
            case TOKEN_OR_SHARE ->
                callers.of(reader, incoming, now).filter(caller -> Authorization.allows(caller.acl(), ask));
            case TOKEN, ANY_TOKEN, ANYONE_NAMED, ANY_STATE, TOKEN_IF_UNSEALED, WRAPPING ->
                callers.of(reader, incoming, now);
        };
    }

    private static boolean opensToNobody(Access access) {
        return access == Access.ANYONE_NAMED || access == Access.TOKEN_OR_SHARE;
    }

    /// An answer that only those learn who would be let in.
    private static Decision instead(Caller caller, Ask ask, Response answer, AuditFacts facts) {
        return Authorization.allows(caller.acl(), ask) ? answered(answer, facts) : denied(facts);
    }

    private static Decision denied(AuditFacts facts) {
        return answered(Authorization.DENIED, facts.refused("permission denied"));
    }

    private static Decision answered(Response response, AuditFacts facts) {
        return new Decision.Answered(response, Shape.ENVELOPE, "", facts, false);
    }

    private static boolean writesFolder(Incoming incoming) {
        return incoming.path().isFolder()
                && (incoming.operation() == Operation.UPDATE || incoming.operation() == Operation.PATCH);
    }

    /// Nothing is returned unwrapped because nobody could read how it was to be wrapped.
    private static Optional<Response> wrapRefusal(Incoming incoming, Router.Match match) {
        String asked = incoming.wrap().orElse("");
        if (Durations.parse(asked).filter(ttl -> !ttl.isNegative()).isEmpty()) {
            return Optional.of(
                    new Response.Invalid("error parsing X-Vault-Wrap-TTL header: give seconds, or a duration as 5m"));
        }
        boolean outside = match instanceof Router.Match.Found found
                && (found.route().handler() instanceof Handler.Acts
                        || found.route().handler() instanceof Handler.Steps);
        return outside && incoming.wrapTtl().isPresent()
                ? Optional.of(new Response.Invalid(
                        "this answer cannot be wrapped; send the request without X-Vault-Wrap-TTL"))
                : Optional.empty();
    }
}
