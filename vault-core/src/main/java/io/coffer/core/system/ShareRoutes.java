// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.ceremony.Authority;
import io.coffer.core.ceremony.Delivery;
import io.coffer.core.ceremony.ShareHolders;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.seal.Commitments;
import io.coffer.core.seal.EncryptedShare;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `sys/share/*`: what a holder of a share needs without handing it to anybody, and what operators see of holders.
public final class ShareRoutes {
    private static final Field GENERATION = Field.number("generation", "Which set of shares.");
    private static final Field INDEX = Field.number("index", "Which share of the set, from 1; 0 for a single key.");
    private static final String NOTHING = "204";
    private static final String UNINITIALIZED = "400 `server is not yet initialized`";
    private static final Response NOT_INITIALIZED = new Response.Invalid("server is not yet initialized");

    private final Delivery delivery;
    private final Vault vault;
    private final AuditLog audit;
    private volatile Made made = Made.NONE;

    public ShareRoutes(Delivery delivery, Vault vault, AuditLog audit) {
        this.delivery = delivery;
        this.vault = vault;
        this.audit = audit;
    }

    public List<Route> routes() {
        return Stream.of(open(), withToken()).flatMap(List::stream).toList();
    }

    private List<Route> open() {
        return List.of(
                open(
                                "share/commitments",
                                Operation.READ,
                                "Return what tells a share from other bytes.",
                                (call, v) -> record().map(this::commitments).orElse(NOT_INITIALIZED))
                        .answering(
                                "`store_id`, `generation`, `t`, `n`, `salt` and `commitments` (hex, in the order of x)"
                                        + " of the current shares; `sets`: the same for the current, pending,"
                                        + " previous and former sets, each with its `state`",
                                UNINITIALIZED),
                open(
                                "share/delivery",
                                Operation.READ,
                                "List the encrypted shares that wait.",
                                (call, v) -> record().<Response>map(record -> new Response.Ok(waiting(record)))
                                        .orElse(NOT_INITIALIZED))
                        .answering(
                                "`shares`, each with `generation`, `index`, `kind` (`pgp` or `age`) and `fingerprint`;"
                                        + " no names",
                                UNINITIALIZED),
                open("share/delivery/:generation/:index", Operation.READ, "Return an encrypted share.", this::fetch)
                        .with(GENERATION, INDEX)
                        .answering(
                                "`generation`, `index`, `kind`, `fingerprint`, and the `message` in base64",
                                "404: no such share waits"),
                open(
                                "share/acknowledge",
                                Operation.UPDATE,
                                "Say by a share that it has arrived: its encrypted form is removed.",
                                this::acknowledge)
                        .with(Field.secret(Authority.KEY, "The share, in hex or base64."))
                        .answering(
                                NOTHING,
                                UNINITIALIZED,
                                "400 `'key' must be specified in request body as JSON`",
                                "400 `not a share of this vault that opens it or will`"));
    }

    private List<Route> withToken() {
        return List.of(
                Route.acts(
                                "share/delivery/:generation/:index",
                                Operation.DELETE,
                                "Say that a share has arrived: its encrypted form is removed.",
                                this::remove)
                        .with(GENERATION, INDEX)
                        .answering(NOTHING),
                Route.surveys(
                                "share/holders",
                                Operation.READ,
                                "Return who holds which share, as far as the vault was told.",
                                (call, reader) -> holders(reader))
                        .answering(
                                "`shares`, each with `generation`, `index`, `name`, `fingerprint`, whether its encrypted"
                                        + " form is `waiting`, and when it was last `checked`"),
                Route.governs(
                                "share/report",
                                Operation.UPDATE,
                                "Keep the date: the holder of a share has found that it is good.",
                                this::report)
                        .with(GENERATION, INDEX)
                        .answering(
                                NOTHING, "400 `'generation' and 'index' name no share that opens this vault or will`"));
    }

    private static Route open(String path, Operation operation, String help, Handler.Act work) {
        return Route.acts(path, operation, help, work).access(Access.ANY_STATE).shape(Shape.RAW);
    }

    private Optional<SealRecord> record() {
        return switch (vault.state()) {
            case VaultState.Uninitialized none -> Optional.empty();
            case VaultState.Sealed(SealRecord record) -> Optional.of(record);
            case VaultState.Unsealed open -> Optional.of(open.record());
        };
    }

    /// Anybody may ask, again and again, and the answer may be long: it is made once for each change.
    private Response commitments(SealRecord record) {
        Made known = made;
        if (known.isOf(record)) {
            return known.answer();
        }
        byte[] text = JsonText.write(json(record));
        made = new Made(Made.sets(record), new Response.Ok(new Json.Raw(text, 0, text.length)));
        return made.answer();
    }

    /// An answer, and the sets that it is of. No number is that of two sets, so they tell the whole record.
    private record Made(List<Integer> sets, Response answer) {
        static final Made NONE = new Made(List.of(), NOT_INITIALIZED);

        static List<Integer> sets(SealRecord record) {
            return List.of(
                    record.generation(),
                    record.pending().map(Generation::number).orElse(0),
                    record.previous().map(Generation::number).orElse(0));
        }

        boolean isOf(SealRecord record) {
            return sets.equals(sets(record));
        }
    }

    private static Json json(SealRecord record) {
        List<Json> sets = new ArrayList<>();
        sets.add(set(record.current().commitments(), "current", Optional.of(record.current())));
        record.pending().ifPresent(set -> sets.add(set(set.commitments(), "pending", Optional.of(set))));
        record.previous().ifPresent(set -> sets.add(set(set.commitments(), "previous", Optional.of(set))));
        record.former().forEach(former -> sets.add(set(former, "former", Optional.empty())));
        return Json.object()
                .put("store_id", HexFormat.of().formatHex(record.storeId().bytes()))
                .put("generation", record.generation())
                .put("t", record.config().threshold())
                .put("n", record.config().shares())
                .put("salt", HexFormat.of().formatHex(record.commitments().salt()))
                .put("commitments", values(record.commitments()))
                .put("sets", new Json.Arr(sets))
                .build();
    }

    private static Json set(Commitments commitments, String state, Optional<Generation> set) {
        Json.Builder one = Json.object()
                .put("generation", commitments.generation())
                .put("state", state)
                .put("n", commitments.values().size());
        set.ifPresent(known -> one.put("t", known.threshold()));
        return one.put("salt", HexFormat.of().formatHex(commitments.salt()))
                .put("commitments", values(commitments))
                .build();
    }

    private static Json values(Commitments commitments) {
        return Json.of(
                commitments.values().stream().map(HexFormat.of()::formatHex).toList());
    }

    private Json waiting(SealRecord record) {
        return Json.object()
                .put(
                        "shares",
                        new Json.Arr(delivery.waiting(record).stream()
                                .<Json>map(share -> head(share).build())
                                .toList()))
                .build();
    }

    private static Json.Builder head(EncryptedShare share) {
        return Json.object()
                .put("generation", share.share().generation())
                .put("index", share.share().index())
                .put("kind", share.kind())
                .put("fingerprint", share.fingerprint());
    }

    private Response fetch(Call call, Vault any) {
        return Response.found(id(call).flatMap(delivery::find).map(share -> head(share)
                .put("message", Base64.getEncoder().encodeToString(share.message()))
                .build()));
    }

    private Response acknowledge(Call call, Vault any) {
        ShareCall with = new ShareCall(call, audit);
        Optional<SealRecord> record = record();
        if (record.isEmpty()) {
            return NOT_INITIALIZED;
        }
        return with.taking(share -> {
            if (share.isEmpty()) {
                return with.refused("'key' must be specified in request body as JSON");
            }
            Optional<ShareId> id = record.get().findAny(share.get());
            if (id.isEmpty()) {
                return with.refused("not a share of this vault that opens it or will");
            }
            delivery.acknowledge(id.get());
            with.told("share has arrived", id.get());
            return Response.NO_CONTENT;
        });
    }

    private Response remove(Call call, Vault any) {
        id(call).ifPresent(share -> {
            delivery.acknowledge(share);
            new ShareCall(call, audit).told("share has arrived", share);
        });
        return Response.NO_CONTENT;
    }

    private Response holders(BarrierReader reader) {
        SealRecord record = record().orElseThrow();
        List<ShareId> waiting =
                delivery.waiting(record).stream().map(EncryptedShare::share).toList();
        List<Json> all = new ArrayList<>();
        for (Generation set : record.sets()) {
            for (ShareId share : set.ids()) {
                ShareHolders.Entry known = ShareHolders.of(reader, share);
                all.add(Json.object()
                        .put("generation", share.generation())
                        .put("index", share.index())
                        .put("name", known.name())
                        .put("fingerprint", known.fingerprint())
                        .put("waiting", waiting.contains(share))
                        .put("checked", known.checked().map(Timestamps::format).orElse(""))
                        .build());
            }
        }
        return new Response.Ok(Json.object().put("shares", new Json.Arr(all)).build());
    }

    private Response report(Call call, BarrierWriter writer) {
        Optional<ShareId> share = id(call);
        boolean known = share.isPresent()
                && record().orElseThrow().sets().stream()
                        .anyMatch(set -> set.ids().contains(share.get()));
        if (!known) {
            return new Response.Invalid("'generation' and 'index' name no share that opens this vault or will");
        }
        ShareHolders.checked(writer, share.get(), call.now());
        return Response.NO_CONTENT;
    }

    private static Optional<ShareId> id(Call call) {
        Values values = call.request().values();
        long generation = values.number("generation").orElse(0);
        long index = values.number("index").orElse(-1);
        return generation < 1 || generation > Integer.MAX_VALUE || index < 0 || index > 255
                ? Optional.empty()
                : Optional.of(new ShareId((int) generation, (int) index));
    }
}
