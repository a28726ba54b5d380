// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.LeaseEngine;
import io.coffer.core.lease.Lease;
import io.coffer.core.lease.Revoker;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.ScopedStorage;
import java.util.List;
import java.util.Optional;

/// Leases and the engines that gave them. Where the mount is gone, with all that it stored, nothing is left to take
/// back.
public final class MountedLeases implements Revoker {
    private final MountTable mounts;
    private final MountDefaults standard;

    public MountedLeases(MountTable mounts, MountDefaults standard) {
        this.mounts = mounts;
        this.standard = standard;
    }

    /// By what a lease lives on.
    record Ground(Ttl.Terms terms, Ttl.Bounds mount) {}

    /// What a mount gave whose record cannot be read holds nobody else's leases up.
    @Override
    public String revoke(BarrierWriter writer, Lease lease) {
        return mounts.read(writer).damage(lease.mount()).orElseGet(() -> engine(writer, lease)
                .map(engine -> engine.takeBack(ScopedStorage.writer(writer, folder(lease)), lease.facts()))
                .orElse(""));
    }

    /// By what a lease lives on now; empty if its engine is gone.
    Optional<Ground> renewal(BarrierReader reader, Lease lease) {
        Optional<Mount> mount = mounts.read(reader).withUuid(lease.mount()).map(Mounts.Served::mount);
        return engine(reader, lease)
                .map(engine -> engine.renewal(ScopedStorage.reader(reader, folder(lease)), lease.facts()))
                .map(terms -> new Ground(
                        terms,
                        new Ttl.Bounds(
                                mount.orElseThrow().defaultTtl(standard),
                                mount.orElseThrow().maxTtl(standard))));
    }

    /// As {@link MountTable#formerly}.
    List<MountTable.Former> formerly(BarrierReader reader, String folder) {
        return mounts.formerly(reader, folder);
    }

    /// The accessor of the mount that gave a lease; the mount's own name, if it is gone or cannot be read.
    String mountOf(BarrierReader reader, Lease lease) {
        return mounts.read(reader).toName(lease.mount()).map(Mount::accessor).orElse(lease.mount());
    }

    private Optional<LeaseEngine> engine(BarrierReader reader, Lease lease) {
        return mounts.read(reader)
                .withUuid(lease.mount())
                .flatMap(served ->
                        served.engine() instanceof LeaseEngine engine ? Optional.of(engine) : Optional.empty());
    }

    private static Folder folder(Lease lease) {
        return Folder.of(new Scope(lease.mount()));
    }
}
