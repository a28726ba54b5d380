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
/// and the client learns only the id. So is what is damaged: its name may be the hash of a token, or a path that the
/// client may not see.
public final class Faults {
    static final String SEALED = "Vault is sealed";

    /// The answer to a change that is durable and whose entry no device has written.
    static final Response UNAUDITED = new Response.Failed("internal error: no audit device could write the entry of the"
            + " answer. The change may have been made: read it back. An operator must look at the devices");

    private final Observer observer;

    public Faults(Observer observer) {
        this.observer = observer;
    }

    /// The answer where nobody knows what the request has changed before.
    Response answer(Throwable thrown, String requestId) {
        return answer(thrown, requestId, "");
    }

    /// The answer to a request that has changed nothing, if the fault leaves that no open question.
    Response unchanged(Throwable thrown, String requestId) {
        return answer(thrown, requestId, ", and nothing was changed");
    }

    private Response answer(Throwable thrown, String requestId, String changed) {
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
            case CorruptedException corrupted -> damage(corrupted, requestId, changed);
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

    private Response damage(CorruptedException damage, String requestId, String changed) {
        observer.observe(new Event.DamageMet(requestId, damage));
        return new Response.Failed("internal error: something that this vault stored is damaged" + changed
                + ". An operator finds what it is in the daemon's log under request " + requestId
                + "; `coffer operator verify` tells whether there is more");
    }

    private Response defect(Throwable defect, String requestId) {
        observer.observe(new Event.RequestCrashed(requestId, defect));
        return new Response.Failed("internal error (request " + requestId + ")");
    }
}
