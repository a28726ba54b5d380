// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import io.coffer.core.barrier.Job;
import io.coffer.core.lease.ClearLeases;
import io.coffer.core.lease.Ending;
import io.coffer.core.lease.ExpireLeases;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.lease.Revoker;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.RemoveJob;
import io.coffer.core.system.MountedLeases;
import io.coffer.core.system.TokenBelongings;
import io.coffer.core.token.ClearPaths;
import io.coffer.core.token.ClearTokens;
import io.coffer.core.token.ExpireTokens;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.util.List;

/// What a vault does by itself about what has ended, done when a test says so.
public final class Jobs {
    /// How long a key can be restored.
    public static final Duration DESTROY_WAIT = Duration.ofHours(1);

    private final TestVault vault;
    private final List<Job> jobs;

    public Jobs(TestVault vault) {
        this(vault, new MountedLeases(vault.mounts(), MountDefaults.STANDARD));
    }

    /// @param revoker takes leases back
    public Jobs(TestVault vault, Revoker revoker) {
        LeaseStore leases = new LeaseStore(new TokenStore());
        Ending ending = new Ending(leases, revoker);
        this.vault = vault;
        this.jobs = List.of(
                new ExpireTokens(vault.time()),
                new ClearTokens(new TokenBelongings(vault.mounts(), leases, vault.time())),
                new ClearPaths(),
                new ExpireLeases(leases, ending, vault.time()),
                new ClearLeases(leases, ending, vault.time()),
                new RemoveJob(vault.mounts(), leases, vault.time()));
    }

    /// Steps each of them until none has anything to do at once.
    ///
    /// @return how many steps were not the last
    public int run() {
        int steps = 0;
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Job job : jobs) {
                boolean again = step(job);
                busy |= again;
                steps += again ? 1 : 0;
            }
        }
        return steps;
    }

    private boolean step(Job job) {
        return vault.vault().unsealed(job::step).filter(Duration::isZero).isPresent();
    }
}
