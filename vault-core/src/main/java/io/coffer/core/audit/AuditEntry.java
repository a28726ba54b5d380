// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.Timestamps;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One line, in the form that tools of the field read:
/// `{"time","type","auth":{…},"request":{…},"response":{…},"error"}`.
final class AuditEntry {
    private static final int LONGEST_WRAP = 20;

    private final LineWriter out;
    private final AuditOptions options;
    private final AuditLimits limits;

    AuditEntry(AuditOptions options, AuditLimits limits) {
        this(new LineWriter(), options, limits);
    }

    private AuditEntry(LineWriter out, AuditOptions options, AuditLimits limits) {
        this.out = out;
        this.options = options;
        this.limits = limits;
    }

    AuditedRequest.Line request(AuditFacts facts, Hashes hashes, Instant now) {
        Redaction redaction =
                new Redaction(out, hashes, options.logRaw(), facts.mount().shownInRequest());
        Hashes.Named caller = named(facts, hashes);
        start("request", now);
        int from = out.length();
        out.json("\"auth\":{\"policy_results\":{\"allowed\":")
                .json(facts.error().isEmpty() ? "true" : "false");
        granting(facts.granting());
        out.put('}').bytes(caller.inAuth()).json("},\"request\":{");
        incoming(facts.incoming());
        mount(facts.mount());
        out.bytes(caller.inRequest());
        if (!(facts.data() instanceof Json.Null) || !facts.secrets().isEmpty()) {
            redaction.member("data", facts.data(), facts.secrets(), limits.dataBytes());
        }
        out.put('}');
        int to = out.length();
        error(facts.error());
        return new AuditedRequest.Line(finished(), from, to, facts.mount().shownInAnswer());
    }

    byte[] response(AuditedRequest.Line request, Response response, Hashes hashes, Instant now) {
        start("response", now);
        repeat(request);
        Redaction redaction = new Redaction(out, hashes, options.logRaw(), request.shown());
        out.json(",\"response\":{\"namespace\":{\"id\":\"root\"}");
        String error =
                switch (response) {
                    case Response.Ok ok -> answered(redaction, ok.data(), ok.warnings());
                    case Response.Authenticated in -> {
                        new Granted(out, redaction, options.hmacAccessor()).auth(in.auth());
                        yield answered(redaction, in.data(), in.warnings());
                    }
                    case Response.Leased leased -> {
                        new Granted(out, redaction, options.hmacAccessor()).lease(leased.leaseId());
                        yield answered(redaction, leased.data(), leased.warnings());
                    }
                    case Response.Wrapped wrapped -> {
                        new Granted(out, redaction, options.hmacAccessor()).wrapped(wrapped.info());
                        yield "";
                    }
                    case Response.Granted none -> throw new IllegalStateException("a grant is made before it is told");
                    case Response.Gone gone -> answered(redaction, gone.data(), gone.warnings());
                    case Response.Coded coded -> answered(redaction, coded.body(), List.of());
                    case Response.Accepted taken -> answered(redaction, Json.NULL, taken.warnings());
                    case Response.Handed _, Response.Plain _, Response.NoContent _ -> "";
                    case Response.NotFound absent -> String.join("; ", absent.errors());
                    case Response.Invalid invalid -> String.join("; ", invalid.errors());
                    case Response.Denied denied -> denied.error();
                    case Response.NotAllowed other -> other.error();
                    case Response.TooLarge large -> large.error();
                    case Response.UnsupportedMedia media -> media.error();
                    case Response.Busy busy -> busy.error();
                    case Response.Unavailable unavailable -> unavailable.error();
                    case Response.Failed failed -> failed.error();
                };
        out.put('}');
        error(error);
        return finished();
    }

    /// The entry of an answer of which nothing is known but why there is none.
    byte[] ended(AuditedRequest.Line request, String error, Instant now) {
        start("response", now);
        repeat(request);
        out.json(",\"response\":{}");
        error(error);
        return finished();
    }

    byte[] notice(AuditNotice notice, long count, Instant now) {
        start("response", now);
        out.json("\"auth\":{},\"request\":{\"operation\":").string(notice.operation());
        out.json(",\"namespace\":{\"id\":\"root\"},\"path\":").string(notice.path());
        out.json(",\"remote_address\":").string(notice.address()).json("},\"response\":{\"outcome\":");
        out.string(notice.outcome());
        if (notice.shareIndex() > 0) {
            out.json(",\"share_index\":").number(notice.shareIndex());
        }
        if (notice.shareGeneration() > 0) {
            out.json(",\"share_generation\":").number(notice.shareGeneration());
        }
        out.put('}');
        if (notice.refused()) {
            out.json(",\"count\":").number(count);
            error(notice.outcome());
        }
        return finished();
    }

    private void start(String type, Instant now) {
        out.json("{\"time\":")
                .string(Timestamps.format(now))
                .json(",\"type\":\"")
                .json(type)
                .json("\",");
    }

    private void repeat(AuditedRequest.Line request) {
        out.bytes(request.bytes(), request.from(), request.to() - request.from());
    }

    /// A token that stands in clear is not kept.
    private Hashes.Named named(AuditFacts facts, Hashes hashes) {
        boolean kept = !options.logRaw() && !facts.subject().id().isEmpty();
        return kept ? hashes.of(facts.subject(), () -> name(facts, hashes)) : name(facts, hashes);
    }

    private Hashes.Named name(AuditFacts facts, Hashes hashes) {
        AuditFacts.Subject caller = facts.subject();
        LineWriter part = new LineWriter();
        AuditEntry into = new AuditEntry(part, options, limits);
        Redaction redaction = new Redaction(part, hashes, options.logRaw(), Set.of());
        String token = redaction.hidden(
                facts.incoming().credential().map(Credential::text).orElse(""));
        String accessor = options.hmacAccessor() ? redaction.hidden(caller.accessor()) : caller.accessor();
        if (!caller.equals(AuditFacts.Subject.NOBODY)) {
            into.optional("client_token", token);
            into.optional("accessor", accessor);
            part.json(",\"display_name\":").string(caller.displayName());
            into.policies(caller);
            into.optional("entity_id", caller.entityId());
            into.life(caller.life(), redaction);
        }
        byte[] inAuth = part.line();
        part.cut(0);
        into.optional("client_token", token);
        into.optional("client_token_accessor", accessor);
        return new Hashes.Named(inAuth, part.line());
    }

    private void granting(List<String> policies) {
        for (int i = 0; i < policies.size(); i++) {
            out.json(i == 0 ? ",\"granting_policies\":[{\"name\":" : ",{\"name\":")
                    .string(policies.get(i))
                    .json(",\"namespace_id\":\"root\",\"type\":\"acl\"}");
        }
        if (!policies.isEmpty()) {
            out.put(']');
        }
    }

    /// All together, and where they come from.
    private void policies(AuditFacts.Subject caller) {
        TreeSet<String> others = new TreeSet<>(caller.all());
        caller.policies().forEach(others::remove);
        TreeSet<String> all = new TreeSet<>(others);
        all.addAll(caller.policies());
        named("policies", List.copyOf(all));
        named("token_policies", caller.policies());
        named("identity_policies", List.copyOf(others));
    }

    private void named(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            out.json(",\"").json(name).json("\":");
            strings(texts);
        }
    }

    private void life(AuditFacts.Life life, Redaction redaction) {
        if (life.type().isEmpty()) {
            return;
        }
        if (!life.metadata().isEmpty()) {
            redaction.member("metadata", Json.ofTexts(life.metadata()), Map.of(), limits.dataBytes());
        }
        out.json(",\"token_type\":").string(life.type());
        if (life.seconds() > 0) {
            out.json(",\"token_ttl\":").number(life.seconds());
        }
        out.json(",\"token_issue_time\":").string(Timestamps.format(life.issued()));
    }

    private void incoming(Incoming incoming) {
        out.json("\"id\":").string(incoming.id());
        out.json(",\"operation\":\"").json(incoming.operation().wireName());
        out.json("\",\"namespace\":{\"id\":\"root\"},\"path\":")
                .string(incoming.path().value());
        out.json(",\"remote_address\":").string(incoming.origin().address());
        out.json(",\"remote_port\":").number(incoming.origin().port());
        incoming.wrap().ifPresent(text -> out.json(",\"wrap_ttl\":").string(duration(text) ? text : "invalid"));
    }

    private void mount(AuditFacts.Mount mount) {
        if (!mount.equals(AuditFacts.Mount.NONE)) {
            out.json(",\"mount_point\":").string(mount.path());
            out.json(",\"mount_type\":").string(mount.type());
            out.json(",\"mount_accessor\":").string(mount.accessor());
        }
    }

    private String answered(Redaction redaction, Json data, List<String> warnings) {
        if (!(data instanceof Json.Null)) {
            redaction.member("data", data, Map.of(), limits.dataBytes());
        }
        if (!warnings.isEmpty()) {
            out.json(",\"warnings\":");
            strings(List.of(bounded(String.join("; ", warnings))));
        }
        return "";
    }

    private void optional(String name, String text) {
        if (!text.isEmpty()) {
            out.json(",\"").json(name).json("\":").string(text);
        }
    }

    private void strings(List<String> texts) {
        out.put('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            out.string(texts.get(i));
        }
        out.put(']');
    }

    private void error(String error) {
        if (!error.isEmpty()) {
            out.json(",\"error\":").string(bounded(error));
        }
    }

    /// Texts are ours, but names that a client sent can stand in them.
    private String bounded(String text) {
        return text.length() <= limits.textLength() ? text : text.substring(0, limits.textLength()) + "...";
    }

    private static boolean duration(String text) {
        return text.length() <= LONGEST_WRAP
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || "smhdnuµ".indexOf(c) >= 0);
    }

    private byte[] finished() {
        return out.json("}\n").line();
    }
}
