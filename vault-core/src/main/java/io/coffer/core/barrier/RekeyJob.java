// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Ends what a rekey began: wraps the keyring of each scope under the new term of scope `keys`, destroys its older
/// terms, and waits until {@link PurgeJob} has erased every record that the former shares opened. Then no file here
/// opens by them.
///
/// The work is owed by a record that the rekey writes in its own transaction; how far it came is read from the
/// keyrings themselves.
public final class RekeyJob implements Job {
    private static final StorageKey OWED = new StorageKey(Scope.SYSTEM, "rekey/rewrap");
    private static final byte[] RECORD = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
    private static final int PAGE = 64;
    private static final Duration SOON = Duration.ofMillis(50);

    /// While former and new shares both open the store, neither loses anything.
    private static final Duration LATER = Duration.ofSeconds(1);

    /// How long a snapshot may be in use that shows a keyring under an older term.
    private static final Duration SNAPSHOTS_END = Duration.ofSeconds(2);

    private Pass pass = Pass.NONE;
    private boolean rested;

    /// Completes when the last page of the walk is durable, and so all before it: from then on no new snapshot shows a
    /// keyring under an older term.
    private CompletableFuture<Boolean> durable = CompletableFuture.completedFuture(true);

    /// A walk through all keyrings.
    ///
    /// @param term of `keys` that all keyrings before this place are under; empty before the first
    /// @param ended whether there is none behind it
    private record Pass(Optional<KeyTerm> term, String after, boolean ended) {
        static final Pass NONE = new Pass(Optional.empty(), "", false);
    }

    @Override
    public String name() {
        return "rekey";
    }

    static void owe(BarrierWriter writer) {
        writer.put(OWED, new Plaintext(RECORD.clone()));
    }

    /// Whether the records of former shares are gone.
    public static boolean isDone(BarrierReader reader) {
        return reader.get(OWED).isEmpty();
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        if (barrier.survey(RekeyJob::isDone)) {
            pass = Pass.NONE;
            rested = false;
            return Optional.empty();
        }
        if (barrier.survey(BarrierReader::isShared)) {
            return Optional.of(LATER);
        }
        if (!pass.ended()) {
            Pass before = pass;
            Barrier.Accepted<Pass> walked = barrier.accept(writer -> walk(writer, before));
            pass = walked.result();
            durable = walked.durable();
            rested = false;
            return Optional.of(Duration.ZERO);
        }
        if (!rested) {
            rested = durable.isDone();
            return Optional.of(rested ? SNAPSHOTS_END : SOON);
        }
        KeyTerm term = pass.term().orElseThrow();
        if (durable.isCompletedExceptionally()
                || !barrier.accept(writer -> writer.destroyKeysBut(term)).result()) {
            pass = Pass.NONE;
        } else if (barrier.survey(PurgeJob::isPaid)) {
            end(barrier);
        }
        return Optional.of(SOON);
    }

    /// Wraps a page of keyrings. A rotation of `keys` on the way begins the walk anew.
    private static Pass walk(OpenTransaction writer, Pass before) {
        KeyTerm primary = writer.keyring(Scope.KEYS).orElseThrow().primary();
        boolean anew = before.term().filter(primary::equals).isEmpty();
        Page<Scope> page = writer.scopes(anew ? "" : before.after(), PAGE);
        page.items().forEach(writer::rewrap);
        return new Pass(
                Optional.of(primary),
                page.items().isEmpty() ? "" : page.items().getLast().name(),
                !page.more());
    }

    private static void end(Barrier barrier) {
        barrier.keyrings().closeDestroyed(Scope.KEYS);
        barrier.accept(writer -> {
            writer.delete(OWED);
            return true;
        });
    }
}
