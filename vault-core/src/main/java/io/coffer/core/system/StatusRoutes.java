// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.storage.StoreId;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `sys/seal-status`, `sys/health`, `sys/leader`: what anyone may know in any state.
public final class StatusRoutes {
    private static final Field[] HEALTH_FIELDS = {
        Field.text("uninitcode", "The code for a vault without a store; 501 if not given."),
        Field.text("sealedcode", "The code for a sealed vault; 503 if not given."),
        Field.text("activecode", "The code for an open vault; 200 if not given."),
        Field.text("standbycode", "The code for a standby; there are none yet."),
        Field.text("standbyok", "Whether a standby counts as active."),
    };
    private static final List<String> CODES = List.of("uninitcode", "sealedcode", "activecode", "standbycode");
    private static final int STORAGE_FAILED = 500;

    private final Unsealing unsealing;
    private final Node node;

    public StatusRoutes(Unsealing unsealing, Node node) {
        this.unsealing = unsealing;
        this.node = node;
    }

    public List<Route> routes() {
        return List.of(
                open(
                        "seal-status",
                        "Return whether the vault is sealed and how far unsealing is.",
                        (call, vault) -> new Response.Ok(sealStatus(vault))),
                open("health", "Return the state of this node; the code tells it too.", this::health)
                        .with(HEALTH_FIELDS),
                open("leader", "Return which node is active.", (call, vault) -> new Response.Ok(leader())));
    }

    /// How far the vault is open, as clients know it.
    Json.Obj sealStatus(Vault vault) {
        VaultState state = vault.state();
        Optional<SealRecord> record = record(state);
        Unsealing.Progress progress = unsealing.progress();
        Json.Builder status = Json.object()
                .put("type", "shamir")
                .put("initialized", record.isPresent())
                .put("sealed", !(state instanceof VaultState.Unsealed))
                .put("t", record.map(r -> r.config().threshold()).orElse(0))
                .put("n", record.map(r -> r.config().shares()).orElse(0))
                .put("progress", progress.shares())
                .put("nonce", progress.nonce());
        progress.expires().ifPresent(expires -> status.put("expires", expires.toString()));
        record.ifPresent(known -> status.put("generation", known.generation()));
        record.flatMap(SealRecord::previous).ifPresent(set -> status.put("previous_generation", set.number()));
        record.flatMap(SealRecord::pending).ifPresent(set -> status.put("pending_generation", set.number()));
        status.put("version", node.apiVersion())
                .put("build_date", node.buildDate())
                .put("commit_date", node.buildDate())
                .put("migration", false);
        cluster(state, status);
        return status.put("recovery_seal", false)
                .put("storage_type", node.storageType())
                .build();
    }

    private Response health(Call call, Vault vault) {
        Values asked = call.request().values();
        Optional<String> standbyOk = asked.text("standbyok");
        if (standbyOk.isPresent() && !standbyOk.get().isEmpty() && !isFlag(standbyOk.get())) {
            return new Response.Invalid(List.of());
        }
        VaultState state = vault.state();
        if (!CODES.stream().allMatch(name -> isCode(asked.text(name).orElse("200")))) {
            return new Response.Invalid(List.of());
        }
        int code =
                switch (state) {
                    case VaultState.Uninitialized none -> code(asked, "uninitcode", 501);
                    case VaultState.Sealed sealed -> code(asked, "sealedcode", 503);
                    case VaultState.Unsealed open -> code(asked, "activecode", 200);
                };
        boolean failed = node.storageFailed().getAsBoolean();
        return new Response.Coded(failed ? STORAGE_FAILED : code, healthBody(call, state, failed));
    }

    private Json healthBody(Call call, VaultState state, boolean failed) {
        Json.Builder body = Json.object()
                .put("initialized", record(state).isPresent())
                .put("sealed", !(state instanceof VaultState.Unsealed))
                .put("standby", false)
                .put("performance_standby", false)
                .put("replication_performance_mode", "disabled")
                .put("replication_dr_mode", "disabled")
                .put("server_time_utc", call.now().getEpochSecond())
                .put("version", node.apiVersion());
        cluster(state, body);
        if (failed) {
            body.put("storage_error", true);
        }
        return body.build();
    }

    private static Json leader() {
        return Json.object()
                .put("ha_enabled", false)
                .put("is_self", false)
                .put("leader_address", "")
                .put("leader_cluster_address", "")
                .put("performance_standby", false)
                .put("performance_standby_last_remote_wal", 0)
                .build();
    }

    /// Names of the cluster stand only in answers of an open vault.
    private void cluster(VaultState state, Json.Builder answer) {
        if (state instanceof VaultState.Unsealed open) {
            StoreId id = open.record().storeId();
            String name = node.clusterName().isEmpty()
                    ? "vault-cluster-" + HexFormat.of().formatHex(id.bytes(), 0, 4)
                    : node.clusterName();
            answer.put("cluster_name", name).put("cluster_id", new UUID(id.high(), id.low()).toString());
        }
    }

    private static Optional<SealRecord> record(VaultState state) {
        return switch (state) {
            case VaultState.Uninitialized none -> Optional.empty();
            case VaultState.Sealed(SealRecord record) -> Optional.of(record);
            case VaultState.Unsealed open -> Optional.of(open.record());
        };
    }

    private static int code(Values asked, String name, int standard) {
        return asked.text(name).map(Integer::parseInt).orElse(standard);
    }

    /// Whether it is a code from 200 to 599. One below 200 ends no answer: a proxy would wait for the rest, or take
    /// 101 for a change of protocol and let anything through.
    private static boolean isCode(String text) {
        return text.matches("[2-5][0-9]{2}");
    }

    private static boolean isFlag(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False" -> true;
            default -> false;
        };
    }

    private static Route open(String path, String help, Handler.Act work) {
        return Route.acts(path, Operation.READ, help, work)
                .access(Access.ANY_STATE)
                .shape(Shape.RAW);
    }
}
