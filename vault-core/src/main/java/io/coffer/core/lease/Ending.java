// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import io.coffer.core.barrier.BarrierWriter;
import java.time.Duration;
import java.time.Instant;

/// Has dead leases taken back. What does not let go is tried again, each time after twice as long, and then
/// left for an operator.
public final class Ending {
    private static final Duration FIRST_REST = Duration.ofSeconds(10);

    private final LeaseStore leases;
    private final Revoker revoker;

    public Ending(LeaseStore leases, Revoker revoker) {
        this.leases = leases;
        this.revoker = revoker;
    }

    /// Takes a lease back and forgets it.
    ///
    /// @param force whether it is forgotten also if it cannot be taken back
    /// @return why it cannot be taken back now; empty if it is gone
    public String run(BarrierWriter writer, Lease lease, boolean force, Instant now) {
        String error = revoker.revoke(writer, lease);
        leases.remove(writer, lease);
        if (error.isEmpty() || force) {
            return "";
        }
        Duration rest = FIRST_REST.multipliedBy(1L << lease.failure().times());
        Lease failed =
                lease.failed(error, Instant.ofEpochMilli(now.toEpochMilli()).plus(rest));
        leases.put(writer, failed);
        if (!lease.tokenId().isEmpty()) {
            writer.put(LeaseStore.TOKENS.folder(lease.tokenId()).key(lease.mark()), LeaseRecord.pointer(lease.id()));
        }
        return error;
    }
}
