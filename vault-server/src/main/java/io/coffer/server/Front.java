// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.VaultSealedException;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Response;
import io.coffer.core.system.CrossOrigin;
import io.coffer.core.system.Measures;
import io.coffer.core.system.MetricRoutes;
import io.coffer.server.http.RequestHandler;
import java.util.concurrent.CompletionStage;

/// The core as the listeners see it.
///
/// @param measures what listeners that are open for it tell anyone
record Front(Core core, Measures measures) implements RequestHandler {
    @Override
    public CompletionStage<Reply> handle(Incoming incoming) {
        return core.pipeline().handle(incoming);
    }

    /// While sealed nobody can tell, so browsers are told nothing.
    @Override
    public CrossOrigin crossOrigin() {
        try {
            return core.vault().unsealed(barrier -> barrier.survey(CrossOrigin::read));
        } catch (VaultSealedException sealed) {
            return CrossOrigin.OFF;
        }
    }

    @Override
    public Response metrics(String format) {
        return MetricRoutes.answer(measures, format);
    }
}
