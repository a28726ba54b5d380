// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.cubbyhole.CubbyholeEngine;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.MountTable;
import io.coffer.core.token.Belongings;

/// What goes with a token: its cubbyhole and its leases.
public final class TokenBelongings implements Belongings {
    private final MountTable mounts;
    private final LeaseStore leases;
    private final Time time;

    public TokenBelongings(MountTable mounts, LeaseStore leases, Time time) {
        this.mounts = mounts;
        this.leases = leases;
        this.time = time;
    }

    @Override
    public boolean any(BarrierReader reader, String id) {
        return CubbyholeEngine.any(reader, mounts.read(reader).cubbyhole(), id) || leases.any(reader, id);
    }

    @Override
    public boolean clear(BarrierWriter writer, String id) {
        boolean secrets = CubbyholeEngine.wipe(writer, mounts.read(writer).cubbyhole(), id);
        return leases.endOf(writer, id, time.now()) || secrets;
    }
}
