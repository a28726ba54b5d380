// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.CorruptedException;
import io.coffer.core.DeadlineExceededException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.OverloadedException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.VaultSealedException;
import io.coffer.core.audit.AuditFailedException;
import io.coffer.core.request.Response;
import java.util.concurrent.CompletionException;

/// What a client is told of a fault. What nobody expected is told to the observer under the request's id,
/// and the client learns only the id.
public final class Faults {
    static final String SEALED = "Vault is sealed";

    /// The answer to a change that is durable and whose entry no device has written.
    static final Response UNAUDITED = new Response.Failed("internal error: no audit device could write the entry of the"
            + " answer. The change may have been made: read it back. An operator must look at the devices");

    private final Observer observer;

    public Faults(Observer observer) {
        this.observer = observer;
    }

    Response answer(Throwable thrown, String requestId) {
        Throwable fault = cause(thrown);
        return switch (fault) {
            case VaultSealedException sealed -> new Response.Unavailable(SEALED);
            case SecretClosedException closed -> new Response.Unavailable(SEALED);
            case DeadlineExceededException late -> new Response.Unavailable(String.valueOf(late.getMessage()));
            case OverloadedException busy -> new Response.Busy(String.valueOf(busy.getMessage()));
            case StorageUnavailableException gone ->
                new Response.Failed("the storage has failed and nothing was changed; an operator must look at it");
            case OutcomeUnknownException unknown ->
                new Response.Failed("outcome unknown: the storage failed while the change was written; read it back"
                        + " after the node has recovered");
            case AuditFailedException unaudited ->
                new Response.Failed(
                        "internal error: no audit device could write, and nothing was changed; an operator must look at them");
            case CorruptedException corrupted -> defect(corrupted, requestId);
            default -> defect(fault, requestId);
        };
    }

    /// Whether a change may have been made all the same.
    static boolean isUnknown(Throwable thrown) {
        return cause(thrown) instanceof OutcomeUnknownException;
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : thrown;
    }

    private Response defect(Throwable defect, String requestId) {
        observer.observe(new Event.RequestCrashed(requestId, defect));
        return new Response.Failed("internal error (request " + requestId + ")");
    }
}
