// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import java.util.concurrent.CompletionStage;

/// What stands behind the listeners: the pipeline.
@FunctionalInterface
public interface RequestHandler {
    /// Runs on a worker and returns as soon as nothing is left but waiting. It zeroes the body, and completes when the
    /// answer
    /// may go out. A failure is a fault or a defect that nobody has told the observer of yet.
    CompletionStage<Reply> handle(Incoming incoming);
}
