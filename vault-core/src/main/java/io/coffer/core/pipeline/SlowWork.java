// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Handler;
import io.coffer.core.vault.Vault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// What comes before the transaction of a route of slow work: a look through the door, then the work itself on a pool
/// of its own. Meanwhile nothing of the vault is held, so slow work keeps nobody from sealing.
final class SlowWork {
    private final Vault vault;
    private final Execution execution;
    private final Executor pool;

    /// @param pool refuses more than a little of it at once
    SlowWork(Vault vault, Execution execution, Executor pool) {
        this.vault = vault;
        this.execution = execution;
        this.pool = pool;
    }

    /// Completes with what is left to do, in a transaction.
    CompletableFuture<Handler.Write> prepare(Admitted todo, Handler.Look work) {
        CompletableFuture<Handler.Write> prepared = new CompletableFuture<>();
        try {
            Handler.Preparation preparation =
                    vault.unsealed(barrier -> barrier.survey(reader -> execution.look(todo, work, reader)));
            pool.execute(() -> run(preparation, todo, prepared));
        } catch (RuntimeException fault) {
            prepared.completeExceptionally(fault);
        }
        return prepared;
    }

    private void run(Handler.Preparation preparation, Admitted todo, CompletableFuture<Handler.Write> prepared) {
        try {
            prepared.complete(preparation.run(execution.leave(todo)));
        } catch (Throwable fault) {
            prepared.completeExceptionally(fault);
        }
    }
}
