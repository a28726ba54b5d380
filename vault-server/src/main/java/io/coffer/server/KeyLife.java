// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.backup.Verification;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.RekeyJob;
import io.coffer.core.ceremony.Approval;
import io.coffer.core.ceremony.RotationJob;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.MountTable;
import io.coffer.core.rewrap.Obstacles;
import io.coffer.core.rewrap.Pace;
import io.coffer.core.rewrap.RewrapJob;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Scope;
import io.coffer.core.system.DestroyRoutes;
import io.coffer.core.system.ImportRoutes;
import io.coffer.core.system.KeyListRoutes;
import io.coffer.core.system.ReceiptRoutes;
import io.coffer.core.system.RewrapRoutes;
import io.coffer.core.system.RotateConfigRoutes;
import io.coffer.core.system.TermRoutes;
import io.coffer.core.system.VerifyRoutes;
import io.coffer.core.term.DestroyJob;
import io.coffer.core.term.Destructions;
import io.coffer.core.term.LastUses;
import io.coffer.core.term.UsesJob;
import io.coffer.core.vault.Vault;
import io.coffer.server.config.ServerConfig;
import java.util.List;
import java.util.stream.Stream;

/// What has to do with the life of the keys that encrypt values: how it is told, ended and proved.
final class KeyLife {
    private final Committer storage;
    private final MountTable mounts;
    private final ServerConfig config;
    private final Core.Surroundings surroundings;
    private final Approval approval;
    private final LastUses uses = new LastUses();
    private final UsesJob usesJob;
    private final Pace pace;
    private final Obstacles obstacles;
    private final Verification verification;

    KeyLife(Vault vault, Committer storage, MountTable mounts, ServerConfig config, Core.Surroundings surroundings) {
        this.storage = storage;
        this.mounts = mounts;
        this.config = config;
        this.surroundings = surroundings;
        this.approval = new Approval(
                vault,
                surroundings.time(),
                surroundings.random(),
                config.ceremonies().ceremonyExpiry());
        this.usesJob = new UsesJob(
                uses,
                surroundings.time(),
                surroundings.observer(),
                config.keys().deprecatedGrace());
        vault.beforeSealed(usesJob::finish);
        this.pace = new Pace(surroundings.time(), surroundings.latencies());
        this.obstacles = new Obstacles(surroundings.time());
        this.verification = new Verification(storage, surroundings.time(), (reader, scope) -> mounts.read(reader)
                .withUuid(scope.name())
                .isPresent());
    }

    List<Route> routes() {
        DestroyRoutes destroy = new DestroyRoutes(
                mounts, storage, approval, surroundings.audit(), config.keys().destroyWait());
        return Stream.of(
                        TermRoutes.routes(),
                        destroy.routes(),
                        ReceiptRoutes.routes(),
                        new RewrapRoutes(pace, obstacles).routes(),
                        RotateConfigRoutes.routes(),
                        ImportRoutes.routes(),
                        new VerifyRoutes(verification).routes(),
                        new KeyListRoutes(storage, uses, mounts).routes())
                .flatMap(List::stream)
                .toList();
    }

    List<Job> jobs() {
        return List.of(
                new RekeyJob((writer, terms, record) -> Destructions.destroyed(
                        writer, Scope.KEYS, terms, record, surroundings.time().now())),
                new RewrapJob(storage, surroundings.time(), surroundings.observer(), pace, obstacles),
                new RotationJob(storage, surroundings.time(), surroundings.observer()),
                verification,
                usesJob,
                new DestroyJob(surroundings.time(), surroundings.random(), surroundings.observer()));
    }

    /// Forgets shares that were handed in too long ago.
    void expire() {
        approval.expire();
    }
}
