// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.ceremony.Authority;
import io.coffer.core.ceremony.Gathering;
import io.coffer.core.ceremony.RootGeneration;
import io.coffer.core.ceremony.RootPlan;
import io.coffer.core.ceremony.RootUpdate;
import io.coffer.core.ceremony.Starter;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.seal.ShareId;
import io.coffer.core.seal.ShareText;
import io.coffer.core.secret.Secret;
import io.coffer.core.token.TokenStore;
import io.coffer.core.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `sys/generate-root` with bare answers, and its newer form `sys/generate-root-token`, which asks for a token:
/// holders of shares make a root token. Every start, share and cancel is told to the audit devices.
public final class RootRoutes {
    private static final Field PAD = Field.secret(
            "otp", "A one-time pad of as many characters as otp_length says; one is drawn if none is given.");
    private static final Field KEY =
            Field.text("pgp_key", "A public OpenPGP key in base64: the token is encrypted to it.");
    private static final String UNDER_WAY = "root generation already in progress";

    private static final String STATUS = "`nonce`, `started`, `progress`, `required`, `complete`, `pgp_fingerprint`,"
            + " `otp_length`; of our own `started_by` and `expires` while one is open";

    private final RootGeneration generation;
    private final AuditLog audit;
    private final boolean bare;

    private RootRoutes(RootGeneration generation, AuditLog audit, boolean bare) {
        this.generation = generation;
        this.audit = audit;
        this.bare = bare;
    }

    /// All routes, in both forms.
    public static List<Route> of(RootGeneration generation, AuditLog audit) {
        return Stream.of(true, false)
                .flatMap(bare -> new RootRoutes(generation, audit, bare).routes().stream())
                .toList();
    }

    private List<Route> routes() {
        Access joining = bare ? Access.ANYONE_NAMED : Access.TOKEN;
        return List.of(
                route("attempt", Operation.READ, joining, "Return how far a root generation is.", this::status)
                        .answering(STATUS),
                route(
                                "attempt",
                                Operation.UPDATE,
                                Access.TOKEN_OR_SHARE,
                                "Begin to generate a root token.",
                                this::start)
                        .with(ShareCall.SHARE, PAD, KEY)
                        .answering(
                                STATUS + "; `otp` if it was drawn, once",
                                ShareCall.NO_AUTHORITY,
                                "400 `" + UNDER_WAY
                                        + "`, `OTP string has incorrect length`, `error parsing PGP key: …`"),
                route(
                                "attempt",
                                Operation.DELETE,
                                Access.TOKEN_OR_SHARE,
                                "End a root generation and forget its shares.",
                                this::cancel)
                        .with(ShareCall.SHARE)
                        .answering(
                                "204; for a share that did not begin it, as a first vote: the status. A second one ends it",
                                ShareCall.NO_AUTHORITY),
                route("update", Operation.UPDATE, joining, "Agree to a root token with a share.", this::update)
                        .with(ShareCall.SHARE, ShareCall.NONCE)
                        .answering(
                                "the status; with the last share `complete` and `encoded_token`",
                                ShareCall.REFUSED,
                                "400 `no root generation in progress`",
                                "400 `given key has already been provided during this generation operation`",
                                "400 `incorrect nonce supplied; nonce for this root generation operation is \"…\"`"));
    }

    private Route route(String path, Operation operation, Access access, String help, Handler.Act work) {
        return Route.acts((bare ? "generate-root/" : "generate-root-token/") + path, operation, help, work)
                .access(access)
                .shape(bare ? Shape.RAW : Shape.ENVELOPE);
    }

    private Response status(Call call, Vault vault) {
        return new Response.Ok(status(generation.status(), Optional.empty()));
    }

    private Response start(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        RootGeneration.Status before = generation.status();
        Optional<Starter> starter = Authority.of(call, before.record());
        if (starter.isEmpty()) {
            return with.denied();
        }
        if (before.open().isPresent()) {
            return with.refused(UNDER_WAY);
        }
        return switch (RootRequest.of(call)) {
            case RootRequest.Bad(String reason) -> with.refused(reason);
            case RootRequest.Good(RootPlan plan, Optional<Secret> drawn) -> {
                try {
                    yield start(with, starter.get(), plan, drawn);
                } finally {
                    drawn.ifPresent(Secret::close);
                }
            }
        };
    }

    private Response start(ShareCall with, Starter starter, RootPlan plan, Optional<Secret> drawn) {
        Optional<RootGeneration.Status> begun = generation.start(plan, starter);
        if (begun.isEmpty()) {
            plan.close();
            return with.refused(UNDER_WAY);
        }
        with.told("root generation started by " + starter.text());
        String nonce = begun.get().open().orElseThrow().ceremony().nonce();
        if (starter instanceof Starter.ByShare) {
            return with.taking(share -> offer(with, nonce, share.orElseThrow(), drawn));
        }
        return new Response.Ok(status(begun.get(), drawn));
    }

    private Response cancel(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        Optional<Starter> starter = Authority.of(call, generation.status().record());
        if (starter.isEmpty()) {
            return with.denied();
        }
        return switch (generation.cancel(starter.get())) {
            case ENDED -> {
                with.told("root generation cancelled by " + starter.get().text());
                yield Response.NO_CONTENT;
            }
            case ONE_VOTE -> {
                with.told("root generation: " + starter.get().text() + " wants it cancelled");
                yield status(call, vault);
            }
        };
    }

    private Response update(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        String nonce = call.request().values().text("nonce").orElse("");
        Optional<Secret> text = call.request().values().secret(Authority.KEY).filter(key -> key.length() > 0);
        if (nonce.isEmpty() && !bare) {
            return with.refused("nonce is required");
        }
        if (text.isEmpty()) {
            return with.refused(bare ? "'key' must be specified in request body as JSON" : "key is required");
        }
        ShareText read = bare ? ShareText.parse(text.get()) : ShareText.parseBetweenBlanks(text.get());
        return switch (read) {
            case ShareText.Unreadable(String reason) -> with.refused(reason);
            case ShareText.Read(Secret share) -> {
                try (share) {
                    yield offer(with, nonce, share, Optional.empty());
                }
            }
        };
    }

    /// @param drawn the pad, if it is to be told with the answer
    private Response offer(ShareCall with, String nonce, Secret share, Optional<Secret> drawn) {
        return switch (generation.update(nonce, share)) {
            case RootUpdate.NoneOpen none -> with.refused("no root generation in progress");
            case RootUpdate.WrongNonce(String right) ->
                with.refused("incorrect nonce supplied; nonce for this root generation operation is \"" + right + '"');
            case RootUpdate.Refused(String reason) -> with.refused(reason);
            case RootUpdate.Repeated(ShareId id) ->
                with.refused("given key has already been provided during this generation operation");
            case RootUpdate.Taken(ShareId id) -> {
                with.told("root generation: share taken", id);
                yield new Response.Ok(status(generation.status(), drawn));
            }
            case RootUpdate.Made(ShareId id, RootGeneration.Handover handover) -> {
                with.told("root generation: share taken", id);
                try (handover) {
                    with.told("root token generated");
                    yield new Response.Ok(made(handover, drawn));
                }
            }
        };
    }

    private Json.Obj status(RootGeneration.Status status, Optional<Secret> drawn) {
        Optional<Gathering.Open<RootPlan>> open = status.open();
        Json.Builder answer = Json.object();
        if (bare || open.isPresent()) {
            answer.put("nonce", open.map(one -> one.ceremony().nonce()).orElse(""));
        }
        answer.put("started", open.isPresent())
                .put("progress", open.map(one -> one.ceremony().progress()).orElse(0))
                .put(
                        "required",
                        open.map(one -> one.ceremony().required())
                                .orElse(status.record().config().threshold()))
                .put("complete", false);
        if (bare) {
            answer.put("encoded_token", "").put("encoded_root_token", "");
        }
        if (bare || open.isPresent()) {
            answer.put(
                    "pgp_fingerprint", open.map(one -> one.plan().fingerprint()).orElse(""));
        }
        pad(answer, drawn);
        open.ifPresent(one -> answer.put("started_by", one.starter().text()));
        status.expires().ifPresent(date -> answer.put("expires", Timestamps.format(date)));
        return answer.build();
    }

    private Json.Obj made(RootGeneration.Handover handover, Optional<Secret> drawn) {
        Json token = SecretJson.text(handover.token());
        Json.Builder answer = Json.object()
                .put("nonce", handover.nonce())
                .put("started", true)
                .put("progress", handover.shares())
                .put("required", handover.shares())
                .put("complete", true)
                .put("encoded_token", token);
        if (bare) {
            answer.put("encoded_root_token", token);
        }
        return pad(answer.put("pgp_fingerprint", handover.fingerprint()), drawn).build();
    }

    private static Json.Builder pad(Json.Builder answer, Optional<Secret> drawn) {
        return answer.put("otp", drawn.map(SecretJson::text).orElse(Json.of("")))
                .put("otp_length", TokenStore.LENGTH);
    }
}
