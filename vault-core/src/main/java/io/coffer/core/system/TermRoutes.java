// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.term.Deprecations;
import io.coffer.core.term.Destruction;
import io.coffer.core.term.Destructions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `sys/keys/:scope/:term/deprecate` and `sys/keys/jobs`: a term is retired by hand, and what is being destroyed.
public final class TermRoutes {
    static final String NO_TERM =
            "no key has this scope and term; sys/keys lists them, those of a mount under its uuid";
    static final String IS_PRIMARY = "this term is the primary: rotate the scope first, as sys/rotate with 'scope'";

    static final String IS_DESTROYED = "this term is destroyed; sys/receipts has its receipt";

    private static final String WAITS =
            "this term waits to be destroyed, and opens values until then; restore keeps it";

    /// For the reference.
    static final String GONE = "404 `" + NO_TERM + "`";
    static final String PRIMARY = "400 `" + IS_PRIMARY + "`";
    static final String DESTROYED = "400 `" + IS_DESTROYED + "`";

    /// The most jobs of one answer.
    private static final int MOST = 1_000;

    private static final int PAGE = 250;

    private TermRoutes() {}

    public static List<Route> routes() {
        return List.of(
                Route.surveys(
                                "keys/jobs",
                                Operation.READ,
                                "List the keys that are being destroyed or wait for it.",
                                (call, reader) -> Paging.asked(call, paging -> jobs(reader, paging)))
                        .with(Paging.AFTER, Paging.LIMIT)
                        .answering("`jobs`, each with `id`, `kind` (`destroy` or `shred`), `scope`, `mount`, `terms`,"
                                + " `requested`, `state` (`waiting`, `blocked` and why in `blocked`, `erasing`,"
                                + " `damaged` if its record cannot be read), `destroy_time` or `destroyed`;"
                                + " `next` to go on after, if there are more"),
                Route.governs(
                                "keys/:scope/:term/deprecate",
                                Operation.UPDATE,
                                "Let a term only decrypt any more.",
                                TermRoutes::deprecate)
                        .answering("204", GONE, PRIMARY, DESTROYED, "400 `" + WAITS + "`"));
    }

    /// A term that is there, as a path names it.
    record Named(Scope scope, TermInfo info) {
        static Optional<Named> of(Call call, BarrierReader reader) {
            String term = call.request().values().captured("term");
            return KeyListRoutes.scope(call).flatMap(scope -> reader.terms(scope).stream()
                    .filter(info -> info.term().toString().equals(term))
                    .findFirst()
                    .map(info -> new Named(scope, info)));
        }

        KeyTerm term() {
            return info.term();
        }

        /// Why this term cannot be retired further; empty if it can.
        Optional<Response> refusal(BarrierReader reader) {
            if (info.status() == KeyStatus.PRIMARY) {
                return Optional.of(new Response.Invalid(IS_PRIMARY));
            }
            if (info.status() == KeyStatus.DESTROYED) {
                return Optional.of(new Response.Invalid(IS_DESTROYED));
            }
            return scope.equals(Scope.KEYS) && reader.isShared()
                    ? Optional.of(new Response.Invalid("former and new shares both open this vault, so scope keys does"
                            + " not change now; unseal it with the new shares, or rekey again"))
                    : Optional.empty();
        }
    }

    private static Response deprecate(Call call, BarrierWriter writer) {
        Optional<Named> named = Named.of(call, writer);
        if (named.isEmpty()) {
            return new Response.NotFound(NO_TERM);
        }
        if (Destructions.find(writer, named.get().scope(), named.get().term()).isPresent()) {
            return new Response.Invalid(named.get().info().status() == KeyStatus.DESTROYED ? IS_DESTROYED : WAITS);
        }
        return named.get().refusal(writer).orElseGet(() -> {
            if (named.get().info().status() == KeyStatus.AVAILABLE) {
                Deprecations.deprecate(writer, named.get().scope(), named.get().term(), call.now());
            }
            return Response.NO_CONTENT;
        });
    }

    private static Response jobs(BarrierReader reader, Paging paging) {
        long most = paging.limit() == 0 ? MOST : Math.min(paging.limit(), MOST);
        List<Json> jobs = new ArrayList<>();
        String after = paging.after();
        Page<Destruction> page = new Page<>(List.of(), true);
        while (page.more() && jobs.size() < most) {
            page = Destructions.page(reader, after, (int) Math.min(PAGE, most - jobs.size()));
            page.items().forEach(one -> jobs.add(one.describe()));
            after = page.items().isEmpty()
                    ? after
                    : Destructions.place(page.items().getLast());
        }
        Json.Builder data = Json.object().put("jobs", new Json.Arr(jobs));
        if (page.more()) {
            data.put("next", after);
        }
        return new Response.Ok(data.build());
    }
}
