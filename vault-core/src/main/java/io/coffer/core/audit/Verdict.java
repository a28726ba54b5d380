// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether an entry is written: one device is enough, and it has failed when all have. Each device says so
/// once.
final class Verdict {
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final AtomicInteger open;

    Verdict(int devices) {
        this.open = new AtomicInteger(devices);
    }

    void written() {
        result.complete(null);
    }

    void failed() {
        if (open.decrementAndGet() == 0) {
            result.completeExceptionally(new AuditFailedException());
        }
    }

    CompletionStage<Void> result() {
        return result;
    }
}
