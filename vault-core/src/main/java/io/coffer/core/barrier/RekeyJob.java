// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

    private final Ledger ledger;
    private Phase phase = Phase.BEGIN;

    /// Writes down which terms of `keys` are destroyed, in the transaction that does so.
    public interface Ledger {
        /// @param record what tells the record that held their keys from every other, in hex
        void destroyed(BarrierWriter writer, List<KeyTerm> terms, String record);
    }

    /// How far it is; each follows the one before it.
    private sealed interface Phase {
        Phase BEGIN = new Walking(Optional.empty(), "", CompletableFuture.completedFuture(true));

        /// Goes through all keyrings.
        ///
        /// @param term of `keys` that all keyrings before this place are under; empty before the first
        /// @param durable completes when the disk has every page so far; one that changed nothing waits for
        /// none
        record Walking(Optional<KeyTerm> term, String after, CompletableFuture<Boolean> durable) implements Phase {}

        /// All keyrings are under one term; some page of the walk waits for the disk.
        record Wrapped(KeyTerm term, CompletableFuture<Boolean> durable) implements Phase {}

        /// Somebody may still see a keyring under an older term, or the keyring of `keys` under a former root key.
        ///
        /// @param since the first commit seen that shows neither
        /// @param generation of the root key that wraps the keyring of `keys` there
        record Outdated(KeyTerm term, long since, int generation) implements Phase {}

        /// The older terms are gone; that waits for the disk.
        record Destroyed(CompletableFuture<Boolean> durable) implements Phase {}

        /// What they wrapped is being erased from the files.
        ///
        /// @param since the first commit seen that shows that they are gone
        /// @param debts what the disk owed there
        record Erasing(long since, Debts debts) implements Phase {}
    }

    public RekeyJob(Ledger ledger) {
        this.ledger = ledger;
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
            phase = Phase.BEGIN;
            return Optional.empty();
        }
        if (barrier.survey(BarrierReader::isShared)) {
            phase = Phase.BEGIN;
            return Optional.of(LATER);
        }
        Phase before = phase;
        phase = next(barrier, before);
        return Optional.of(before instanceof Phase.Walking ? Duration.ZERO : SOON);
    }

    /// What fails on the disk fails for good until a restart, and begins anew then.
    private Phase next(Barrier barrier, Phase phase) {
        return switch (phase) {
            case Phase.Walking walking -> {
                Barrier.Accepted<Walked> page = barrier.accept(writer -> walk(writer, walking));
                yield walked(walking, page);
            }
            case Phase.Wrapped(KeyTerm term, var durable) -> durable.isDone() ? outdated(barrier, term) : phase;
            case Phase.Outdated outdated -> barrier.oldest() < outdated.since() ? phase : destroy(barrier, outdated);
            case Phase.Destroyed(var durable) ->
                durable.isDone()
                        ? barrier.survey(reader -> new Phase.Erasing(reader.version(), Debts.of(reader)))
                        : phase;
            case Phase.Erasing(long since, Debts debts) -> {
                boolean over = barrier.oldest() >= since && barrier.survey(debts::arePaid);
                yield over ? end(barrier) : phase;
            }
        };
    }

    /// Wraps a page of keyrings. A rotation of `keys` on the way begins the walk anew.
    private static Walked walk(OpenTransaction writer, Phase.Walking before) {
        KeyTerm primary = writer.keyring(Scope.KEYS).orElseThrow().primary();
        boolean anew = before.term().filter(primary::equals).isEmpty();
        Page<Scope> page = writer.scopes(anew ? "" : before.after(), PAGE);
        page.items().forEach(writer::rewrap);
        return new Walked(primary, page.more() ? page.items().getLast().name() : "");
    }

    /// @param after where the next page begins; empty if there is none
    private record Walked(KeyTerm term, String after) {}

    private static Phase walked(Phase.Walking before, Barrier.Accepted<Walked> page) {
        KeyTerm term = page.result().term();
        String after = page.result().after();
        CompletableFuture<Boolean> durable =
                before.durable().thenCombine(page.durable(), (earlier, now) -> earlier && now);
        return after.isEmpty()
                ? new Phase.Wrapped(term, durable)
                : new Phase.Walking(Optional.of(term), after, durable);
    }

    private static Phase outdated(Barrier barrier, KeyTerm term) {
        return barrier.inspect(snapshot -> snapshot.isShared()
                ? Phase.BEGIN
                : new Phase.Outdated(term, snapshot.version(), snapshot.generation()));
    }

    private Phase destroy(Barrier barrier, Phase.Outdated outdated) {
        barrier.rootKeys().closeBefore(outdated.generation());
        Barrier.Accepted<Boolean> destroyed = barrier.accept(writer -> destroy(writer, outdated.term()));
        return destroyed.result() ? new Phase.Destroyed(destroyed.durable()) : Phase.BEGIN;
    }

    private boolean destroy(OpenTransaction writer, KeyTerm primary) {
        String record = writer.keyringId(Scope.KEYS).orElseThrow();
        List<KeyTerm> older = writer.terms(Scope.KEYS).stream()
                .filter(info -> info.status() != KeyStatus.DESTROYED)
                .map(TermInfo::term)
                .filter(term -> !term.equals(primary))
                .toList();
        boolean done = writer.destroyKeysBut(primary);
        if (done) {
            ledger.destroyed(writer, older, record);
        }
        return done;
    }

    private static Phase end(Barrier barrier) {
        barrier.closeDestroyed(Scope.KEYS);
        barrier.accept(writer -> {
            writer.delete(OWED);
            return true;
        });
        return Phase.BEGIN;
    }
}
