// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StoreId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Executor;

/// A barrier over memory with keyrings for some scopes.
public final class OpenBarrier {
    private OpenBarrier() {}

    public static Barrier of(Executor logThread, Scope... scopes) {
        SecureRandom random = new SecureRandom();
        Committer committer = new Committer(new MemoryDisk(), logThread, Observer.none(), Time.system());
        try (Secret secret = Secret.random(RootKey.BYTES, random)) {
            Barrier barrier = new Barrier(committer, new RootKey(new StoreId(1, 2), 1, secret), random);
            barrier.govern(writer -> {
                        writer.createKeyring(Scope.KEYS, Instant.EPOCH);
                        for (Scope scope : scopes) {
                            writer.createKeyring(scope, Instant.EPOCH);
                        }
                        return true;
                    })
                    .toCompletableFuture()
                    .join();
            return barrier;
        }
    }
}
