// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Response;
import io.coffer.core.system.CrossOrigin;
import java.util.concurrent.CompletionStage;

/// What stands behind the listeners: the pipeline.
@FunctionalInterface
public interface RequestHandler {
    /// Runs on a worker and returns as soon as nothing is left but waiting. It zeroes the body, and
    /// completes when the answer may go out. It never fails: what does all the same is a defect.
    CompletionStage<Reply> handle(Incoming incoming);

    /// Which pages of other origins may ask; on a worker.
    default CrossOrigin crossOrigin() {
        return CrossOrigin.OFF;
    }

    /// What a listener that is open for it tells anyone of what is counted, in whatever state the vault is.
    default Response metrics(String format) {
        return Response.ABSENT;
    }
}
