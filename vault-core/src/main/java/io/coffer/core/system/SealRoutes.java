// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditNotice;
import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.seal.ShareText;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.util.List;

/// `sys/unseal`, `sys/seal`, `sys/step-down`. Every share, good or bad, and every reset is told to the audit devices.
public final class SealRoutes {
    private static final String NO_KEY = "'key' must be specified in request body as JSON, or 'reset' set to true";

    private final Unsealing unsealing;
    private final StatusRoutes status;
    private final AuditLog audit;

    public SealRoutes(Unsealing unsealing, StatusRoutes status, AuditLog audit) {
        this.unsealing = unsealing;
        this.status = status;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.acts("unseal", Operation.UPDATE, "Hand in one share, or start over.", this::unseal)
                        .with(
                                Field.secret("key", "One share, in hex or base64."),
                                Field.flag("reset", "Forget the shares handed in so far."),
                                Field.flag("migrate", "Move to another kind of seal."))
                        .access(Access.ANY_STATE)
                        .shape(Shape.RAW),
                Route.acts("seal", Operation.UPDATE, "Seal the vault: close every key.", (call, vault) -> {
                            vault.seal();
                            return Response.NO_CONTENT;
                        })
                        .access(Access.TOKEN_IF_UNSEALED)
                        .shape(Shape.RAW),
                Route.acts(
                                "step-down",
                                Operation.UPDATE,
                                "Hand over to a standby; does nothing where there is none.",
                                (call, vault) -> Response.NO_CONTENT)
                        .access(Access.TOKEN_IF_UNSEALED)
                        .shape(Shape.RAW));
    }

    private Response unseal(Call call, Vault vault) {
        Values values = call.request().values();
        Incoming incoming = call.request().incoming();
        if (vault.state() instanceof VaultState.Uninitialized) {
            return refused(incoming, "Vault is not initialized");
        }
        if (values.flag("migrate").orElse(false)) {
            return new Response.Failed("can't perform a seal migration, no migration seal found");
        }
        if (values.flag("reset").orElse(false)) {
            return reset(call, vault);
        }
        if (values.secret("key").isEmpty()) {
            return new Response.Invalid(NO_KEY);
        }
        return switch (ShareText.parse(values.secret("key").get())) {
            case ShareText.Unreadable(String reason) -> refused(incoming, reason);
            case ShareText.Read(Secret share) -> {
                try (share) {
                    yield offer(call, vault, share);
                }
            }
        };
    }

    private Response offer(Call call, Vault vault, Secret share) {
        Incoming incoming = call.request().incoming();
        return switch (unsealing.offer(share)) {
            case Unsealing.Outcome.NotInitialized none -> refused(incoming, "Vault is not initialized");
            case Unsealing.Outcome.Refused(String reason) -> refused(incoming, reason);
            case Unsealing.Outcome.Taken taken -> {
                audit.notice(
                        taken.index().isPresent()
                                ? AuditNotice.done(incoming, "share taken")
                                        .withShare(taken.index().getAsInt(), taken.generation())
                                : AuditNotice.refused(incoming, "already unsealed, and the share not looked at"));
                yield new Response.Ok(status.sealStatus(vault));
            }
        };
    }

    private Response reset(Call call, Vault vault) {
        Incoming incoming = call.request().incoming();
        if (vault.state() instanceof VaultState.Unsealed) {
            return refused(incoming, "vault is unsealed");
        }
        if (!mayReset(call)) {
            audit.notice(AuditNotice.refused(incoming, "reset without a share"));
            return new Response.Denied(
                    "resetting the unseal ceremony from another host needs a current share in 'key'");
        }
        unsealing.reset();
        audit.notice(AuditNotice.done(incoming, "unseal ceremony reset"));
        return new Response.Ok(status.sealStatus(vault));
    }

    private boolean mayReset(Call call) {
        if (call.request().incoming().origin().local()
                || call.request().incoming().origin().legacyCeremonies()) {
            return true;
        }
        return call.request()
                .values()
                .secret("key")
                .map(text -> ShareText.parse(text) instanceof ShareText.Read(Secret share) && current(share))
                .orElse(false);
    }

    private boolean current(Secret share) {
        try (share) {
            return unsealing.isCurrent(share);
        }
    }

    private Response refused(Incoming incoming, String reason) {
        audit.notice(AuditNotice.refused(incoming, reason));
        return new Response.Invalid(reason);
    }
}
