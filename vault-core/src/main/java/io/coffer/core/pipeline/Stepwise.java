// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Handler;
import io.coffer.core.request.Response;
import io.coffer.core.vault.Vault;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Runs what changes the vault itself in bounded steps. Each step is a task of its own behind those that wait, so a
/// long change holds up nobody.
final class Stepwise {
    private final Vault vault;
    private final Execution execution;
    private final Executor workers;

    Stepwise(Vault vault, Execution execution, Executor workers) {
        this.vault = vault;
        this.execution = execution;
        this.workers = workers;
    }

    /// Completes with the answer of the last step.
    CompletableFuture<Response> run(Admitted todo, Handler.Step work) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        step(todo, work, answer);
        return answer;
    }

    private void step(Admitted todo, Handler.Step work, CompletableFuture<Response> answer) {
        try {
            execution.checkTime(todo);
            Optional<Response> response = work.handle(todo.call(execution.random()), vault);
            if (response.isPresent()) {
                answer.complete(Execution.withWarnings(response.get(), todo.warnings()));
            } else {
                workers.execute(() -> step(todo, work, answer));
            }
        } catch (Throwable fault) {
            answer.completeExceptionally(fault);
        }
    }
}
