// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditNotice;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.crypto.PgpRecipient;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.util.List;
import java.util.Optional;

/// `sys/init`.
public final class InitRoutes {
    private static final int STANDARD_SHARES = 5;
    private static final int STANDARD_THRESHOLD = 3;
    private static final List<String> RECOVERY = List.of("recovery_pgp_keys", "recovery_shares", "recovery_threshold");

    private final Initialization initialization;
    private final AuditLog audit;

    public InitRoutes(Initialization initialization, AuditLog audit) {
        this.initialization = initialization;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.acts(
                                "init",
                                Operation.READ,
                                "Return whether there is a store.",
                                (call, vault) -> new Response.Ok(Json.object()
                                        .put("initialized", !(vault.state() instanceof VaultState.Uninitialized))
                                        .build()))
                        .access(Access.ANY_STATE)
                        .shape(Shape.RAW),
                Route.acts("init", Operation.UPDATE, "Make the store, its shares and its root token.", this::init)
                        .with(
                                Field.number("secret_shares", "How many shares there will be; 5 if not given."),
                                Field.number("secret_threshold", "How many of them open the vault; 3 if not given."),
                                Field.texts("pgp_keys", "A public OpenPGP key in base64 for each share."),
                                Field.text("root_token_pgp_key", "A public OpenPGP key for the root token."),
                                Field.any("recovery_shares", "Only for a seal that opens by itself."),
                                Field.any("recovery_threshold", "Only for a seal that opens by itself."),
                                Field.any("recovery_pgp_keys", "Only for a seal that opens by itself."),
                                Field.any("stored_shares", "Not used any more."))
                        .access(Access.ANY_STATE)
                        .shape(Shape.RAW));
    }

    private Response init(Call call, Vault vault) {
        if (!(vault.state() instanceof VaultState.Uninitialized)) {
            return initialized(call);
        }
        Values values = call.request().values();
        List<String> recovery =
                RECOVERY.stream().filter(name -> asked(values, name)).toList();
        if (!recovery.isEmpty()) {
            return new Response.Invalid(
                    "parameters " + String.join(",", recovery) + " not applicable to seal type shamir");
        }
        boolean plain = values.number("secret_shares").isEmpty()
                && values.number("secret_threshold").isEmpty();
        long shares = values.number("secret_shares").orElse(plain ? STANDARD_SHARES : 0);
        long threshold = values.number("secret_threshold").orElse(plain ? STANDARD_THRESHOLD : 0);
        String refusal = SealConfig.refusal(shares, threshold);
        if (!refusal.isEmpty()) {
            return new Response.Invalid("invalid seal configuration: " + refusal);
        }
        return init(call, new SealConfig((int) shares, (int) threshold));
    }

    private Response init(Call call, SealConfig config) {
        Values values = call.request().values();
        List<String> keys = values.strings("pgp_keys").orElse(List.of());
        if (!keys.isEmpty() && keys.size() != config.shares()) {
            return new Response.Invalid("invalid seal configuration: "
                    + "count mismatch between number of provided PGP keys and number of shares");
        }
        try {
            List<PgpRecipient> holders =
                    keys.stream().map(key -> Recipients.pgp(key, call.now())).toList();
            Optional<PgpRecipient> tokenKey = values.text("root_token_pgp_key")
                    .filter(key -> !key.isEmpty())
                    .map(key -> Recipients.pgp(key, call.now()));
            return run(call, new Initialization.Plan(config, holders, tokenKey, Optional.empty()));
        } catch (Recipients.UnusableKeyException unusable) {
            return new Response.Invalid("invalid seal configuration: " + unusable.getMessage());
        }
    }

    private Response run(Call call, Initialization.Plan plan) {
        Optional<Initialization.Handover> made =
                initialization.run(plan).toCompletableFuture().join();
        if (made.isEmpty()) {
            return initialized(call);
        }
        audit.notice(AuditNotice.done(
                call.request().incoming(),
                "initialized, " + plan.config().threshold() + " of "
                        + plan.config().shares() + " shares"));
        try (Initialization.Handover handover = made.get()) {
            return new Response.Ok(Json.object()
                    .put("keys", SecretJson.hex(handover.shares()))
                    .put("keys_base64", SecretJson.base64(handover.shares()))
                    .put(
                            "root_token",
                            handover.tokenEncrypted()
                                    ? SecretJson.base64(handover.rootToken())
                                    : SecretJson.text(handover.rootToken()))
                    .build());
        }
    }

    private Response initialized(Call call) {
        audit.notice(AuditNotice.refused(call.request().incoming(), "Vault is already initialized"));
        return new Response.Invalid("Vault is already initialized");
    }

    private static boolean asked(Values values, String name) {
        return values.any(name)
                .filter(value ->
                        !(value instanceof Json.Num number && number.text().equals("0")))
                .filter(value ->
                        !(value instanceof Json.Arr list && list.items().isEmpty()))
                .isPresent();
    }
}
