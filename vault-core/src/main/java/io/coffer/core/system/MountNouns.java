// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Route;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.token.TokenStore;
import java.util.List;
import java.util.stream.Stream;

/// The nouns of `sys/` that are about mounts: what stands where, how it is tuned and moved, what is asked of it.
public final class MountNouns {
    private MountNouns() {}

    public static List<Route> routes(MountTable mounts, LeaseStore leases, TokenStore tokens, MountDefaults standard) {
        return Stream.of(
                        new TuneRoutes(mounts, standard).routes(),
                        new MountRoutes(mounts, leases, standard).routes(),
                        new AuthRoutes(mounts, tokens, standard).routes(),
                        new RemountRoutes(mounts).routes(),
                        new QuotaRoutes(mounts).routes(),
                        new LockedUserRoutes(mounts, standard).routes(),
                        new SpecRoutes(mounts).routes(),
                        new InternalRoutes(mounts).routes())
                .flatMap(List::stream)
                .toList();
    }
}
