// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.ceremony.Rotation;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Tally;
import io.coffer.core.term.Deprecations;
import io.coffer.core.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `sys/rotate`, `sys/rotate/keyring`, `sys/key-status`: new terms for the keys that encrypt values.
public final class KeyRoutes {
    private static final Field[] FIELDS = {
        Field.text("scope", "Rotate this scope alone: keys, one of the vault's own, or the uuid of a mount."),
        Field.flag("dry_run", "Return what a rotation would do, and do nothing."),
        Field.flag("rewrap", "Move what is under the former terms to the new ones; keyrings at once, values after it."),
        Field.text("algorithm", "Of the new terms: xaes256-gcm or aes256-gcm. That of the former ones otherwise."),
        Field.number("term", "Make this term of the scope the primary one, which is available.")
    };
    private static final String SHARED = "former and new shares both open this vault, so scope keys gets no term now;"
            + " unseal it with the new shares, or rekey again";

    private final Rotation rotation;
    private final Census census;

    public KeyRoutes(Rotation rotation, Census census) {
        this.rotation = rotation;
        this.census = census;
    }

    public List<Route> routes() {
        return List.of(
                rotate("rotate"),
                rotate("rotate/keyring"),
                Route.surveys(
                                "key-status",
                                Operation.READ,
                                "Return the term that the vault's own settings are encrypted under.",
                                this::status)
                        .shape(Shape.INJECTED)
                        .answering(
                                "`term`, `install_time`, `encryptions` under it; `unfinished_rotation` with `started`"
                                        + " and `scopes_done`, if one was interrupted; a warning if that cannot be"
                                        + " read"));
    }

    private Route rotate(String path) {
        return Route.steps(
                        path,
                        Operation.UPDATE,
                        "Give every scope a new key for what is written from now on.",
                        this::rotate)
                .with(FIELDS)
                .shape(Shape.INJECTED)
                .answering(
                        "204; with `dry_run`: `scopes`, each with its present `term`",
                        "400 `no keyring is that of this 'scope'; …`",
                        "400 `scope … has … terms, the most that a keyring holds; it keeps its present term`, and how"
                                + " many others have new ones",
                        "400 `'algorithm' is xaes256-gcm or aes256-gcm`",
                        "400 `the scope has no such 'term' that is available; …`, and `'term' needs a 'scope', …`",
                        "400 `former and new shares both open this vault, so scope keys gets no term now; …`");
    }

    private Optional<Response> rotate(Call call, Vault vault) {
        Values values = call.request().values();
        Optional<String> scopeName = given(values, "scope");
        Optional<Scope> scope = scopeName.flatMap(ScopeName::of);
        Optional<String> algorithmName = given(values, "algorithm");
        Optional<Algorithm> algorithm = algorithmName.flatMap(Algorithm::named);
        OptionalLong term = values.number("term");
        if (scopeName.isPresent() && scope.isEmpty()) {
            return Optional.of(new Response.Invalid(ScopeName.UNKNOWN));
        }
        if (algorithmName.isPresent() && algorithm.isEmpty()) {
            return Optional.of(new Response.Invalid("'algorithm' is xaes256-gcm or aes256-gcm"));
        }
        if (term.isPresent() && (scope.isEmpty() || algorithm.isPresent())) {
            return Optional.of(new Response.Invalid("'term' needs a 'scope', and has its algorithm already"));
        }
        if (values.flag("dry_run").orElse(false)) {
            return Optional.of(vault.unsealed(barrier -> barrier.survey(reader -> plan(reader, scope, term))));
        }
        Rotation.Manner manner =
                new Rotation.Manner(algorithm, values.flag("rewrap").orElse(false));
        if (term.isPresent()) {
            Scope one = scope.orElseThrow();
            return Optional.of(answer(term(term)
                    .map(known -> rotation.activate(one, known, manner))
                    .orElseGet(Rotation.Outcome.NotAvailable::new)));
        }
        Optional<Rotation.Outcome> outcome =
                scope.isPresent() ? Optional.of(rotation.one(scope.get(), manner)) : rotation.step(manner);
        return outcome.map(KeyRoutes::answer);
    }

    private static Optional<String> given(Values values, String field) {
        return values.text(field).filter(text -> !text.isEmpty());
    }

    /// Empty if no term has this number.
    private static Optional<KeyTerm> term(OptionalLong number) {
        return number.stream()
                .filter(value -> value >= 1 && value <= Integer.MAX_VALUE)
                .mapToObj(value -> new KeyTerm((int) value))
                .findFirst();
    }

    private static Response answer(Rotation.Outcome outcome) {
        return switch (outcome) {
            case Rotation.Outcome.Done done -> Response.NO_CONTENT;
            case Rotation.Outcome.Unknown unknown -> new Response.Invalid(ScopeName.UNKNOWN);
            case Rotation.Outcome.NotAvailable none ->
                new Response.Invalid("the scope has no such 'term' that is available; sys/keys shows them");
            case Rotation.Outcome.Shared shared -> new Response.Invalid(SHARED);
            case Rotation.Outcome.Full(Scope scope, int others) ->
                new Response.Invalid("scope " + scope + " has " + Keyring.MAX_TERMS
                        + " terms, the most that a keyring holds; it keeps its present term"
                        + (others > 0 ? ", and " + others + " other scopes have new ones" : ""));
        };
    }

    private static Response plan(BarrierReader reader, Optional<Scope> only, OptionalLong term) {
        List<Rotation.Planned> plan =
                only.isPresent() ? Rotation.plan(reader, only.get()).stream().toList() : Rotation.plan(reader);
        if (plan.isEmpty()) {
            return new Response.Invalid(ScopeName.UNKNOWN);
        }
        if (term.isPresent()
                && term(term)
                        .filter(known -> Deprecations.isAvailable(reader, only.orElseThrow(), known))
                        .isEmpty()) {
            return answer(new Rotation.Outcome.NotAvailable());
        }
        List<Json> scopes = plan.stream()
                .<Json>map(planned -> Json.object()
                        .put("scope", planned.scope().name())
                        .put("term", planned.term())
                        .build())
                .toList();
        return new Response.Ok(Json.object()
                .put("dry_run", true)
                .put("scopes", new Json.Arr(scopes))
                .build());
    }

    private Response status(Call call, BarrierReader reader) {
        TermInfo primary = reader.primary(Scope.SYSTEM).orElseThrow();
        KeyTerm term = primary.term();
        Json.Builder status = Json.object()
                .put("term", term.value())
                .put("install_time", Timestamps.format(primary.installed()))
                .put(
                        "encryptions",
                        census.census(Scope.SYSTEM)
                                .getOrDefault(term.value(), Tally.NONE)
                                .encryptions());
        Rotation.unfinished(reader)
                .ifPresent(begun -> status.put(
                        "unfinished_rotation",
                        Json.object()
                                .put("started", Timestamps.format(begun.started()))
                                .put("scopes_done", begun.done())
                                .build()));
        List<String> warnings = Rotation.damage(reader).stream()
                .map(reason -> "Whether a rotation was interrupted, nobody knows; sys/rotate begins anew: " + reason)
                .toList();
        return new Response.Ok(status.build(), 0, warnings);
    }
}
