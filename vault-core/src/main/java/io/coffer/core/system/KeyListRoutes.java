// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Tally;
import io.coffer.core.term.Destruction;
import io.coffer.core.term.Destructions;
import io.coffer.core.term.LastUses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `sys/keys`: the terms of each scope's keyring, what they may still do, and how much is under them.
public final class KeyListRoutes {
    /// The most scopes of one answer.
    static final int MOST_SCOPES = 1_000;

    /// An answer that has so many terms gets no further scope.
    static final int MOST_TERMS = 10_000;

    private static final int PAGE = 100;
    private static final String HELP = "List the terms of each scope, and how much is encrypted under them.";

    private static final String DAMAGE = "its keyring, its census or another record of it does not open";

    private static final String TERM = "`term`, `state` (`primary`, `available`, `deprecated`, `destroying`,"
            + " `disabling`, `destroyed`), `algorithm`, `install_time`, live `values` and their `bytes`, `encryptions`"
            + " ever, `last_used` (null if never), `destroy_time` while it waits for that";

    private final Census census;
    private final LastUses uses;
    private final MountTable mounts;

    public KeyListRoutes(Census census, LastUses uses, MountTable mounts) {
        this.census = census;
        this.uses = uses;
        this.mounts = mounts;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys("keys", Operation.READ, HELP, this::all)
                        .with(Paging.AFTER, Paging.LIMIT)
                        .answering("under each scope's name a list of its terms, none if " + DAMAGE + ": " + TERM
                                + "; a warning if there are more scopes"),
                Route.surveys("keys", Operation.LIST, HELP, this::list)
                        .with(Paging.AFTER, Paging.LIMIT)
                        .answering("`keys`, the scopes; `key_info`, for each its `scope`, the path of its `mount` if it"
                                + " is one's, and `terms`; `damaged`, and why, if " + DAMAGE),
                Route.surveys("keys/:scope", Operation.READ, "Return the terms of one scope.", this::one)
                        .answering(
                                "`scope`, `mount` if it is one's, and `terms`, each with " + TERM
                                        + "; `damaged`, and why, if " + DAMAGE,
                                "404: no such scope has keys"));
    }

    /// What a scope shows.
    ///
    /// @param terms none if its keyring, its census or another record of it does not open
    /// @param damaged why that is; empty if all open
    private record Shown(List<Json> terms, String damaged) {
        boolean isNone() {
            return terms.isEmpty() && damaged.isEmpty();
        }
    }

    /// Scopes with their terms, as many as one answer holds.
    private record Part(Map<Scope, Shown> scopes, boolean more) {
        List<String> warnings() {
            return more
                    ? List.of("There are more scopes; ask for the rest with the parameter \"after\" and the last of"
                            + " these.")
                    : List.of();
        }
    }

    private Response all(Call call, BarrierReader reader) {
        return Paging.asked(call, paging -> all(part(reader, paging)));
    }

    private static Response all(Part part) {
        Json.Builder scopes = Json.object();
        part.scopes().forEach((scope, shown) -> scopes.put(scope.name(), new Json.Arr(shown.terms())));
        return new Response.Ok(scopes.build(), 0, part.warnings());
    }

    private Response list(Call call, BarrierReader reader) {
        return Paging.asked(call, paging -> list(reader, part(reader, paging)));
    }

    private Response list(BarrierReader reader, Part part) {
        List<String> names = part.scopes().keySet().stream().map(Scope::name).toList();
        Json.Builder info = Json.object();
        part.scopes().forEach((scope, shown) -> info.put(scope.name(), describe(reader, scope, shown)));
        Json.Obj data = Json.object()
                .put("keys", Json.of(names))
                .put("key_info", info.build())
                .build();
        return names.isEmpty() ? Response.ABSENT : new Response.Ok(data, 0, part.warnings());
    }

    private Response one(Call call, BarrierReader reader) {
        Optional<Scope> scope = scope(call);
        return scope.map(one -> Map.entry(one, show(reader, one)))
                .filter(one -> !one.getValue().isNone())
                .<Response>map(one -> new Response.Ok(describe(reader, one.getKey(), one.getValue())))
                .orElse(Response.ABSENT);
    }

    /// The scope that a path names; empty if it is none.
    static Optional<Scope> scope(Call call) {
        try {
            return Optional.of(new Scope(call.request().values().captured("scope")));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Json.Obj describe(BarrierReader reader, Scope scope, Shown shown) {
        Json.Builder described = Json.object().put("scope", scope.name());
        mounts.read(reader).toName(scope.name()).map(Mount::path).ifPresent(path -> described.put("mount", path));
        if (!shown.damaged().isEmpty()) {
            described.put("damaged", shown.damaged());
        }
        return described.put("terms", new Json.Arr(shown.terms())).build();
    }

    private Shown show(BarrierReader reader, Scope scope) {
        boolean leaving = mounts.read(reader).isLeaving(scope.name());
        try {
            return new Shown(terms(reader, scope, leaving), "");
        } catch (CorruptedException bent) {
            return new Shown(List.of(), String.valueOf(bent.getMessage()));
        }
    }

    private List<Json> terms(BarrierReader reader, Scope scope, boolean leaving) {
        List<TermInfo> terms = reader.terms(scope);
        Map<Integer, Tally> tallies = census.census(scope);
        Map<KeyTerm, Instant> last = uses.of(reader, scope);
        List<Destruction> asked = Destructions.of(reader, scope);
        return terms.stream()
                .map(info -> term(
                        info,
                        tallies.getOrDefault(info.term().value(), Tally.NONE),
                        Optional.ofNullable(last.get(info.term())),
                        state(info, waiting(asked, info.term()), leaving)))
                .toList();
    }

    /// What a term may do now, and until when.
    private record State(String word, Optional<Instant> due) {}

    private static State state(TermInfo info, Optional<Destruction.State.Waiting> waiting, boolean leaving) {
        if (leaving && info.status() != KeyStatus.DESTROYED) {
            return new State("disabling", Optional.empty());
        }
        return waiting.isPresent()
                ? new State("destroying", waiting.map(Destruction.State.Waiting::due))
                : new State(info.status().wireName(), Optional.empty());
    }

    /// The wish to destroy a term whose key is still there.
    private static Optional<Destruction.State.Waiting> waiting(List<Destruction> all, KeyTerm term) {
        return all.stream()
                .filter(one -> one.terms().contains(term.value()))
                .flatMap(one -> one.state() instanceof Destruction.State.Waiting due ? Stream.of(due) : Stream.empty())
                .findFirst();
    }

    private static Json term(TermInfo info, Tally tally, Optional<Instant> used, State state) {
        Json.Builder shown = Json.object()
                .put("term", info.term().value())
                .put("state", state.word())
                .put("algorithm", info.algorithm().wireName())
                .put("install_time", Timestamps.format(info.installed()))
                .put("values", tally.values())
                .put("bytes", tally.bytes())
                .put("encryptions", tally.encryptions())
                .put(
                        "last_used",
                        used.<Json>map(at -> Json.of(Timestamps.format(at))).orElse(Json.NULL));
        state.due().ifPresent(due -> shown.put("destroy_time", Timestamps.format(due)));
        return shown.build();
    }

    private Part part(BarrierReader reader, Paging paging) {
        long most = paging.limit() == 0 ? MOST_SCOPES : Math.min(paging.limit(), MOST_SCOPES);
        Map<Scope, Shown> scopes = new LinkedHashMap<>();
        int terms = 0;
        String after = paging.after();
        while (true) {
            Page<Scope> page = scopes(reader, after);
            for (Scope scope : page.items()) {
                if (scopes.size() == most || terms >= MOST_TERMS) {
                    return new Part(scopes, true);
                }
                Shown found = show(reader, scope);
                scopes.put(scope, found);
                terms += found.terms().size();
                after = scope.name();
            }
            if (!page.more()) {
                return new Part(scopes, false);
            }
        }
    }

    /// A page of all scopes that have a keyring, `keys` at its place among them.
    private static Page<Scope> scopes(BarrierReader reader, String after) {
        Page<Scope> page = reader.scopes(after, PAGE);
        String keys = Scope.KEYS.name();
        boolean before = page.items().stream().anyMatch(scope -> scope.name().compareTo(keys) > 0);
        if (keys.compareTo(after) <= 0 || page.more() && !before) {
            return page;
        }
        List<Scope> all = new ArrayList<>(page.items());
        all.add(Scope.KEYS);
        all.sort((one, other) -> one.name().compareTo(other.name()));
        return new Page<>(all, page.more());
    }
}
