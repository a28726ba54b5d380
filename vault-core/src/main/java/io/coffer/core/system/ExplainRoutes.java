// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.policy.Acl;
import io.coffer.core.policy.Ask;
import io.coffer.core.policy.Capability;
import io.coffer.core.policy.Explanation;
import io.coffer.core.policy.LeftOut;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.policy.Rule;
import io.coffer.core.policy.SudoPaths;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `sys/policies/explain`: which policy and which rule allows a token something or refuses it, and what would be
/// needed.
public final class ExplainRoutes {
    private static final List<Capability> OPERATIONS = List.of(
            Capability.CREATE,
            Capability.READ,
            Capability.UPDATE,
            Capability.PATCH,
            Capability.DELETE,
            Capability.LIST,
            Capability.SCAN);

    private final MountTable mounts;
    private final NamedTokens tokens;

    public ExplainRoutes(MountTable mounts, NamedTokens tokens) {
        this.mounts = mounts;
        this.tokens = tokens;
    }

    public List<Route> routes() {
        return List.of(Route.surveys(
                        "policies/explain",
                        Operation.UPDATE,
                        "Return which rule allows a token something on a path or refuses it, and what would be needed.",
                        this::explain)
                .with(
                        Field.text("path", "The path, without /v1/."),
                        Field.text("operation", "create, read, update, patch, delete, list or scan; all if not given."),
                        Field.text("token", "Whose policies count; those of the token that calls if not given."),
                        Field.text("accessor", "The same by the token's accessor."),
                        Field.texts("policies", "Explain for these policies instead of a token's.")));
    }

    private Response explain(Call call, BarrierReader reader) {
        Values values = call.request().values();
        Optional<RequestPath> path = values.text("path")
                .filter(text -> !text.startsWith("/v1/"))
                .flatMap(CapabilityRoutes::path)
                .filter(found -> !found.value().isEmpty());
        if (path.isEmpty()) {
            return new Response.Invalid("'path' must be the path of a request without /v1/, such as secret/data/app");
        }
        String operation = values.text("operation").orElse("").toLowerCase(Locale.ROOT);
        List<Capability> wanted = OPERATIONS.stream()
                .filter(each -> operation.isEmpty() || each.wireName().equals(operation))
                .toList();
        if (wanted.isEmpty()) {
            return new Response.Invalid("'operation' must be create, read, update, patch, delete, list or scan");
        }
        Optional<String> unnamed = values.strings("policies").orElse(List.of()).stream()
                .map(PolicyName::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .findFirst();
        if (unnamed.isPresent()) {
            return new Response.Invalid("'policies': " + unnamed.get());
        }
        return acl(call, reader)
                .<Response>map(acl -> new Response.Ok(answer(acl, path.get(), wanted, reader)))
                .orElseGet(
                        () -> new Response.Invalid("there is no such token; give one that is valid, or its accessor"));
    }

    private Optional<Acl> acl(Call call, BarrierReader reader) {
        Values values = call.request().values();
        Optional<List<String>> policies = values.strings("policies").filter(names -> !names.isEmpty());
        if (policies.isPresent()) {
            List<String> names = policies.get().stream()
                    .map(name -> PolicyName.of(name).value())
                    .distinct()
                    .toList();
            return Optional.of(tokens.ofPolicies(reader, names, call.now()));
        }
        Optional<String> token = values.text("token").filter(text -> !text.isEmpty());
        Optional<String> accessor = values.text("accessor").filter(text -> !text.isEmpty());
        if (token.isEmpty() && accessor.isEmpty()) {
            return Optional.of(call.caller().acl());
        }
        return token.flatMap(text -> tokens.byText(reader, text, call.now()))
                .or(() -> accessor.flatMap(name -> tokens.byAccessor(reader, name, call.now())));
    }

    private Json answer(Acl acl, RequestPath path, List<Capability> wanted, BarrierReader reader) {
        List<Json> operations = new ArrayList<>();
        for (Capability each : wanted) {
            boolean lists = each == Capability.LIST || each == Capability.SCAN;
            RequestPath asked = lists ? path.asFolder() : path;
            Ask ask = ask(each, asked, asksSudo(asked, reader));
            operations.add(described(ask, each, Explanation.of(acl, ask, each)));
        }
        return Json.object()
                .put("path", path.value())
                .put(
                        "policies",
                        Json.of(acl.policies().stream().map(PolicyName::value).toList()))
                .put(
                        "left_out",
                        Json.of(acl.leftOut().stream().map(LeftOut::text).toList()))
                .put("operations", new Json.Arr(operations))
                .build();
    }

    private boolean asksSudo(RequestPath path, BarrierReader reader) {
        return mounts.read(reader)
                .route(path.value())
                .map(Mounts.Served::mount)
                .filter(mount -> path.value().startsWith(mount.path()))
                .filter(mount -> SudoPaths.ask(mount.type(), below(path, mount)))
                .isPresent();
    }

    private static String below(RequestPath path, Mount mount) {
        return path.value().substring(mount.path().length());
    }

    private static Ask ask(Capability wanted, RequestPath path, boolean sudo) {
        return switch (wanted) {
            case CREATE, UPDATE ->
                Ask.of(Operation.UPDATE, path, true, sudo, Optional.empty()).onto(wanted == Capability.UPDATE);
            case LIST, SCAN, READ, PATCH, DELETE ->
                Ask.of(Operation.valueOf(wanted.name()), path, false, sudo, Optional.empty());
            case SUDO, DENY -> throw new IllegalArgumentException("no operation asks for it alone");
        };
    }

    private static Json described(Ask ask, Capability wanted, Explanation explanation) {
        return Json.object()
                .put("operation", wanted.wireName())
                .put("allowed", explanation.allowed())
                .put("asks_sudo", ask.sudo())
                .put("reason", explanation.reason())
                .put("conditions", Json.of(explanation.conditions()))
                .put("needed", explanation.needed())
                .put("rule", explanation.rule().map(ExplainRoutes::described).orElse(Json.NULL))
                .build();
    }

    private static Json described(Rule rule) {
        List<Json> sources = new ArrayList<>();
        for (Rule.Source source : rule.sources()) {
            sources.add(Json.object()
                    .put("policy", source.policy().value())
                    .put("path", source.label())
                    .put("line", source.line())
                    .put("column", source.column())
                    .put("capabilities", Json.of(source.capabilities().names()))
                    .build());
        }
        return Json.object()
                .put("path", rule.pattern())
                .put("capabilities", Json.of(rule.capabilities().names()))
                .put("sources", new Json.Arr(sources))
                .build();
    }
}
