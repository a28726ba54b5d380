// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.term.Deprecations;
import io.coffer.core.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Gives every scope a new term: `keys` first, `system` last, each in a transaction of its own, so that the term of
/// `system` tells how many rotations have ended.
///
/// It needs no share and holds nobody up: what was written before is read under its old term, and a
/// transaction under way that has used the former primary runs again. What a kill leaves is a rotation that
/// has begun; the next one goes on with it.
public final class Rotation {
    /// How many scopes one step rotates at most.
    static final int STEP = 64;

    private final Vault vault;
    private final Time time;
    private final Observer observer;
    private final FollowingRewrap following;

    /// How a rotation is asked for.
    ///
    /// @param algorithm of the new terms; that of the former ones if empty
    /// @param rewrap whether what is under the former terms is moved to the new ones, whatever the settings say
    public record Manner(Optional<Algorithm> algorithm, boolean rewrap) {
        static final Manner PLAIN = new Manner(Optional.empty(), false);
    }

    /// What became of a rotation.
    public sealed interface Outcome {
        /// @param scopes how many have a new term
        record Done(int scopes) implements Outcome {}

        /// The scope has as many terms as a keyring may have.
        ///
        /// @param others how many other scopes have a new term
        record Full(Scope scope, int others) implements Outcome {}

        /// The scope has no keyring.
        record Unknown() implements Outcome {}

        /// The scope has no such term that is available.
        record NotAvailable() implements Outcome {}

        /// Two sets of shares open the store; `keys` gets its term when one of them does not any more.
        record Shared() implements Outcome {}
    }

    /// What a rotation would do to a scope.
    ///
    /// @param term the primary term now
    public record Planned(Scope scope, int term) {}

    /// A rotation that a kill or a seal has interrupted.
    ///
    /// @param done how many scopes it had rotated, at least
    public record Unfinished(Instant started, int done) {}

    public Rotation(Vault vault, Time time, Observer observer) {
        this.vault = vault;
        this.time = time;
        this.observer = observer;
        this.following = new FollowingRewrap(time, observer);
    }

    /// Does one bounded step, which is durable on return.
    ///
    /// @return empty if there is more to do
    public Optional<Outcome> step(Manner manner) {
        Batch batch = vault.unsealed(barrier -> barrier.survey(Rotation::next));
        if (batch.rotation().isEmpty()) {
            return await(vault.changingKeys(barrier -> barrier.govern(writer -> begin(writer, manner))));
        }
        RotationRecord rotation = batch.rotation().get();
        List<CompletionStage<Optional<Scope>>> rotating = vault.changingKeys(barrier -> batch.scopes().stream()
                .map(scope -> barrier.govern(writer -> rotate(writer, rotation, scope, manner)))
                .toList());
        List<Scope> full =
                rotating.stream().map(Rotation::await).flatMap(Optional::stream).toList();
        RotationRecord next = batch.advanced(rotation, full);
        Optional<Outcome> outcome = batch.page().more() ? advance(rotation, next) : end(next, manner);
        outcome.ifPresent(this::tell);
        return outcome;
    }

    /// Gives one scope a new term; the others keep theirs. A new term of `keys` gets the other keyrings at
    /// once, if that is asked for.
    public Outcome one(Scope scope, Manner manner) {
        Outcome outcome = await(vault.changingKeys(barrier -> barrier.govern(writer -> one(writer, scope, manner))));
        if (outcome instanceof Outcome.Done && scope.equals(Scope.KEYS) && manner.rewrap()) {
            KeyringRewrap.run(vault);
        }
        tell(outcome);
        return outcome;
    }

    /// Makes a term of a scope that is available the primary one.
    public Outcome activate(Scope scope, KeyTerm term, Manner manner) {
        Outcome outcome = await(vault.changingKeys(barrier -> barrier.govern(writer -> {
            if (writer.primary(scope).isEmpty()) {
                return new Outcome.Unknown();
            }
            if (Deprecations.activate(writer, scope, term, time.now()).isEmpty()) {
                return new Outcome.NotAvailable();
            }
            following.ofOne(writer, scope, manner.rewrap());
            return new Outcome.Done(1);
        })));
        tell(outcome);
        return outcome;
    }

    private Outcome one(BarrierWriter writer, Scope scope, Manner manner) {
        Optional<TermInfo> primary = writer.primary(scope);
        if (primary.isEmpty()) {
            return new Outcome.Unknown();
        }
        if (scope.equals(Scope.KEYS) && writer.isShared()) {
            return new Outcome.Shared();
        }
        if (Deprecations.rotate(writer, scope, manner.algorithm(), after(primary.get()))
                .isEmpty()) {
            return new Outcome.Full(scope, 0);
        }
        following.ofOne(writer, scope, manner.rewrap());
        return new Outcome.Done(1);
    }

    /// What the next rotation would do, in its order, or the rest of the one that has begun; it does nothing.
    public static List<Planned> plan(BarrierReader reader) {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.KEYS));
        String after = "";
        boolean more = true;
        while (more) {
            Page<Scope> page = reader.scopes(after, STEP);
            scopes.addAll(page.items());
            after = scopes.getLast().name();
            more = page.more();
        }
        scopes.remove(Scope.SYSTEM);
        scopes.add(Scope.SYSTEM);
        Optional<RotationRecord> rotation = RotationRecord.find(reader);
        return scopes.stream()
                .filter(scope -> rotation.isEmpty() || !rotation.get().isDone(reader, scope))
                .map(scope -> plan(reader, scope))
                .flatMap(Optional::stream)
                .toList();
    }

    /// What a rotation would do to one scope; empty if it has no keyring, or one that does not open.
    public static Optional<Planned> plan(BarrierReader reader, Scope scope) {
        try {
            return reader.primary(scope)
                    .map(primary -> new Planned(scope, primary.term().value()));
        } catch (CorruptedException bent) {
            return Optional.empty();
        }
    }

    /// Why nobody knows whether one has begun and not ended: its record does not open, and the next one begins anew.
    public static Optional<String> damage(BarrierReader reader) {
        return RotationRecord.damage(reader);
    }

    /// The rotation that has begun and not ended, if there is one.
    public static Optional<Unfinished> unfinished(BarrierReader reader) {
        return RotationRecord.find(reader).map(record -> new Unfinished(record.started(), record.done()));
    }

    /// What the next step does.
    ///
    /// @param rotation empty if none has begun
    /// @param page the next scopes
    private record Batch(Optional<RotationRecord> rotation, Page<Scope> page) {
        List<Scope> scopes() {
            return page.items().stream()
                    .filter(scope -> !scope.equals(Scope.SYSTEM))
                    .toList();
        }

        RotationRecord advanced(RotationRecord before, List<Scope> full) {
            return new RotationRecord(
                    before.started(),
                    page.items().isEmpty()
                            ? before.after()
                            : page.items().getLast().name(),
                    before.done() + scopes().size() - full.size(),
                    before.full().or(() -> full.stream().findFirst()));
        }
    }

    private static Batch next(BarrierReader reader) {
        Optional<RotationRecord> rotation = RotationRecord.find(reader);
        return new Batch(
                rotation,
                rotation.map(begun -> reader.scopes(begun.after(), STEP)).orElse(new Page<>(List.of(), false)));
    }

    /// Whoever comes first begins; who comes second goes on with that one. While two sets of shares open the store,
    /// `keys` is left out: the rekey that ends that gives it a term.
    private Optional<Outcome> begin(BarrierWriter writer, Manner manner) {
        if (RotationRecord.find(writer).isPresent()) {
            return Optional.empty();
        }
        RotationRecord.damage(writer).map(Event.RecordPassedOver::new).ifPresent(observer::observe);
        Instant started = after(writer.primary(Scope.KEYS).orElseThrow());
        boolean shared = writer.isShared();
        boolean full = !shared
                && writer.rotate(Scope.KEYS, manner.algorithm(), started).isEmpty();
        following.ofItself(writer, Scope.KEYS);
        writer.put(
                RotationRecord.KEY,
                new RotationRecord(
                                started, "", shared || full ? 0 : 1, full ? Optional.of(Scope.KEYS) : Optional.empty())
                        .write());
        return Optional.empty();
    }

    /// Does nothing if it is done already, or the scope is gone, or the rotation.
    ///
    /// @return the scope if its keyring is full; it is passed over
    private Optional<Scope> rotate(BarrierWriter writer, RotationRecord rotation, Scope scope, Manner manner) {
        if (!rotation.isUnderWay(writer) || rotation.isDone(writer, scope)) {
            return Optional.empty();
        }
        Optional<TermInfo> term = Deprecations.rotate(writer, scope, manner.algorithm(), rotation.started());
        term.ifPresent(made -> following.ofItself(writer, scope));
        return term.isPresent() ? Optional.empty() : Optional.of(scope);
    }

    private Optional<Outcome> advance(RotationRecord rotation, RotationRecord next) {
        return await(vault.changingKeys(barrier -> barrier.govern(writer -> {
            if (RotationRecord.find(writer).filter(rotation::equals).isPresent()) {
                writer.put(RotationRecord.KEY, next.write());
            }
            return Optional.empty();
        })));
    }

    /// Whoever comes first ends it, which is the end of his call; for who comes second it goes on with the next.
    private Optional<Outcome> end(RotationRecord rotation, Manner manner) {
        return await(vault.changingKeys(barrier -> barrier.govern(writer -> {
            if (!rotation.isUnderWay(writer)) {
                return Optional.empty();
            }
            boolean full = Deprecations.rotate(writer, Scope.SYSTEM, manner.algorithm(), rotation.started())
                    .isEmpty();
            following.ofItself(writer, Scope.SYSTEM);
            writer.delete(RotationRecord.KEY);
            following.ofAll(writer, manner.rewrap());
            Optional<Scope> passed = rotation.full().or(() -> full ? Optional.of(Scope.SYSTEM) : Optional.empty());
            int scopes = rotation.done() + (full ? 0 : 1);
            return Optional.of(passed.<Outcome>map(scope -> new Outcome.Full(scope, scopes))
                    .orElseGet(() -> new Outcome.Done(scopes)));
        })));
    }

    private void tell(Outcome outcome) {
        int scopes =
                switch (outcome) {
                    case Outcome.Done(int all) -> all;
                    case Outcome.Full(Scope full, int others) -> others;
                    default -> 0;
                };
        if (scopes > 0) {
            observer.observe(new Event.KeysRotated(scopes));
        }
    }

    /// Now, or just after the term's install time: a clock set back makes no two terms of one moment.
    private Instant after(TermInfo primary) {
        Instant now = time.now();
        return now.isAfter(primary.installed()) ? now : primary.installed().plusNanos(1);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
