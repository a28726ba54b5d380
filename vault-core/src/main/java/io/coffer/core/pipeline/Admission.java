// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.Durations;
import io.coffer.core.audit.AuditFacts;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditNotice;
import io.coffer.core.audit.AuditedRequest;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.TtlDefaults;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides on one snapshot whether a request goes on: who calls, what answers, is it allowed, what does it
/// say. A body is parsed only for a caller that was let in.
public final class Admission {
    private static final String INVALID_TOKEN = "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n";
    private static final String DENIED = wrapped("permission denied");

    private final MountTable mounts;
    private final TokenStore tokens;
    private final TtlDefaults standard;
    private final Parsing parsing;
    private final AuditLog audit;

    public Admission(MountTable mounts, TokenStore tokens, TtlDefaults standard, Parsing parsing, AuditLog audit) {
        this.mounts = mounts;
        this.tokens = tokens;
        this.standard = standard;
        this.parsing = parsing;
        this.audit = audit;
    }

    /// What became of a request.
    sealed interface Decision {
        record In(Admitted admitted) implements Decision {}

        /// It has its answer already.
        record Answered(Response response, Shape shape, String mountType, AuditFacts facts) implements Decision {}

        /// It has its answer already, and there is no entry of it.
        record Untold(Response response) implements Decision {}
    }

    Decision decide(BarrierReader reader, Incoming incoming, Instant now) {
        AuditFacts facts = AuditFacts.of(incoming);
        if (writesFolder(incoming)) {
            return answered(new Response.Invalid("cannot write to a path ending in '/'"), facts);
        }
        Router.Match match = Router.route(mounts.read(reader), path(incoming), incoming.operation());
        Access access =
                match instanceof Router.Match.Found found ? found.route().access() : Access.TOKEN;
        Optional<Caller> caller = caller(reader, incoming, access);
        if (match instanceof Router.Match.Found found
                && opensToNobody(access)
                && caller.orElse(Caller.NOBODY).equals(Caller.NOBODY)) {
            return nobody(incoming, found, now);
        }
        if (caller.isEmpty()) {
            String error = incoming.credential().isEmpty() ? "permission denied" : INVALID_TOKEN;
            return answered(new Response.Denied(error), facts.refused("permission denied"));
        }
        AuditFacts by = facts.by(subject(caller.get()));
        Optional<Response> wrap = wrapRefusal(incoming);
        if (wrap.isPresent()) {
            return answered(wrap.get(), by);
        }
        return switch (match) {
            case Router.Match.Found found -> found(reader, incoming, found, caller.get(), now, by);
            case Router.Match.Help(Mount mount, var routes) ->
                new Decision.Answered(
                        new Response.Ok(HelpText.of(incoming.path().value(), routes)), Shape.RAW, mount.type(), by);
            case Router.Match.NoMount none ->
                refusal(caller.get(), by, "no handler for route \"" + incoming.path() + "\". route entry not found.");
            case Router.Match.NoPath(Mount mount) -> refusal(caller.get(), by, wrapped("unsupported path"));
            case Router.Match.NoOperation(Mount mount) ->
                isAllowed(caller.get())
                        ? answered(new Response.NotAllowed(wrapped("unsupported operation")), by)
                        : answered(new Response.Denied(DENIED), by.refused("permission denied"));
        };
    }

    /// Somebody without a token, or whose token counts as none. He costs no audit entry of his own: whoever knocks a
    /// million times fills no disk. The handler tells of what he did by notices.
    private Decision nobody(Incoming incoming, Router.Match.Found found, Instant now) {
        Optional<Response> wrap = wrapRefusal(incoming);
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
                        found.mount().config(standard),
                        now,
                        warnings,
                        AuditedRequest.NONE));
        };
    }

    private Decision found(
            BarrierReader reader,
            Incoming incoming,
            Router.Match.Found found,
            Caller caller,
            Instant now,
            AuditFacts facts) {
        Mount mount = found.mount();
        AuditFacts at = facts.at(audited(mount));
        boolean needsPolicy =
                found.route().access() == Access.TOKEN || found.route().access() == Access.TOKEN_IF_UNSEALED;
        if (needsPolicy && !isAllowed(caller)) {
            return answered(new Response.Denied(DENIED), at.refused("permission denied"));
        }
        return switch (parsing.parse(incoming, found.route(), found.captures())) {
            case Parsing.Outcome.Refused(Response answer) -> answered(answer, at);
            case Parsing.Outcome.Parsed(var request, var warnings) ->
                new Decision.In(new Admitted(
                        found.route(),
                        request,
                        caller,
                        mount.config(standard),
                        now,
                        warnings,
                        audit.request(
                                reader,
                                at.with(
                                        data(incoming, request.body()),
                                        request.values().secrets()))));
        };
    }

    private Optional<Caller> caller(BarrierReader reader, Incoming incoming, Access access) {
        return switch (access) {
            case ANYONE -> Optional.of(Caller.NOBODY);
            case ANYONE_NAMED -> caller(reader, incoming);
            case TOKEN_OR_SHARE -> caller(reader, incoming).filter(Admission::isAllowed);
            case TOKEN, ANY_TOKEN, ANY_STATE, TOKEN_IF_UNSEALED -> caller(reader, incoming);
        };
    }

    private static boolean opensToNobody(Access access) {
        return access == Access.ANYONE_NAMED || access == Access.TOKEN_OR_SHARE;
    }

    private static AuditFacts.Mount audited(Mount mount) {
        return new AuditFacts.Mount(
                mount.path(),
                mount.type(),
                mount.accessor(),
                mount.settings().names("audit_non_hmac_request_keys"),
                mount.settings().names("audit_non_hmac_response_keys"));
    }

    /// Who calls, if the token is one of this vault.
    Optional<Caller> caller(BarrierReader reader, Incoming incoming) {
        return incoming.credential()
                .flatMap(credential -> tokens.find(reader, credential))
                .map(Admission::caller);
    }

    private static Caller caller(TokenStore.Found found) {
        Token token = found.token();
        return new Caller(found.id(), token.accessor(), token.displayName(), token.policies(), "");
    }

    /// The only policy there is allows everything.
    private static boolean isAllowed(Caller caller) {
        return caller.policies().contains(Token.ROOT_POLICY);
    }

    private static Decision refusal(Caller caller, AuditFacts facts, String error) {
        return isAllowed(caller)
                ? answered(new Response.NotFound(error), facts)
                : answered(new Response.Denied(DENIED), facts.refused("permission denied"));
    }

    private static Decision answered(Response response, AuditFacts facts) {
        return new Decision.Answered(response, Shape.ENVELOPE, "", facts);
    }

    private static AuditFacts.Subject subject(Caller caller) {
        return new AuditFacts.Subject(caller.accessor(), caller.displayName(), caller.policies(), caller.entityId());
    }

    private static Json data(Incoming incoming, Json.Obj body) {
        if (!body.members().isEmpty()) {
            return body;
        }
        Json.Builder query = Json.object();
        incoming.query().forEach((name, values) -> query.put(name, Json.of(values)));
        return incoming.query().isEmpty() ? Json.NULL : query.build();
    }

    private static boolean writesFolder(Incoming incoming) {
        return incoming.path().isFolder()
                && (incoming.operation() == Operation.UPDATE || incoming.operation() == Operation.PATCH);
    }

    private static String path(Incoming incoming) {
        return switch (incoming.operation()) {
            case LIST, SCAN -> incoming.path().asFolder().value();
            case READ, UPDATE, PATCH, DELETE, HELP -> incoming.path().value();
        };
    }

    /// Nothing may be returned unwrapped by mistake, so what asks for wrapping is refused until there is wrapping.
    private static Optional<Response> wrapRefusal(Incoming incoming) {
        String asked = incoming.wrap().orElse("");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> ttl = Durations.parse(asked);
        if (ttl.isEmpty() || ttl.get().isNegative()) {
            return Optional.of(
                    new Response.Invalid("error parsing X-Vault-Wrap-TTL header: give seconds, or a duration as 5m"));
        }
        return ttl.get().isZero()
                ? Optional.empty()
                : Optional.of(new Response.Invalid(
                        "this version of Coffer cannot wrap responses; send the request without X-Vault-Wrap-TTL"));
    }

    static String wrapped(String error) {
        return "1 error occurred:\n\t* " + error + "\n\n";
    }
}
