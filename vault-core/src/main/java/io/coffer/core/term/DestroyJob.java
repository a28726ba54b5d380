// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.barrier.TermScan;
import io.coffer.core.crypto.SigningKey;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Carries destructions out, each in five steps: one transaction writes the keyring without the key; nobody sees an
/// older one; {@link PurgeJob} erases from the files what held the key, and looks through all of them; a receipt is
/// signed. What a kill cuts off is gone on with, by the records alone.
///
/// Destructions that meet share a purge, and wait for whatever else is being erased.
public final class DestroyJob implements Job {
    /// When one that could not be carried out is tried again.
    static final Duration RETRY = Duration.ofMinutes(1);

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final int PAGE = 64;

    private final Time time;
    private final SecureRandom random;
    private final Observer observer;
    private Optional<TermScan> scan = Optional.empty();

    public DestroyJob(Time time, SecureRandom random, Observer observer) {
        this.time = time;
        this.random = random;
        this.observer = observer;
    }

    /// What is to be done next.
    private sealed interface Todo {
        record Nothing() implements Todo {}

        /// Something waits for its time, or for the disk.
        record Wait(Duration rest) implements Todo {}

        /// @param keyringId of the scope's keyring; empty if there is none
        record Destroy(Destruction one, KeyTerm term, Optional<String> keyringId) implements Todo {}

        record Sign(List<Destruction> erased) implements Todo {}
    }

    @Override
    public String name() {
        return "destroy";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        return switch (barrier.survey(this::next)) {
            case Todo.Nothing none -> {
                scan = Optional.empty();
                yield Optional.empty();
            }
            case Todo.Wait(Duration rest) -> Optional.of(rest);
            case Todo.Destroy due -> {
                destroy(barrier, due);
                yield Optional.of(Duration.ZERO);
            }
            case Todo.Sign(List<Destruction> erased) -> {
                sign(barrier, erased);
                yield Optional.of(Duration.ZERO);
            }
        };
    }

    private Todo next(BarrierReader reader) {
        boolean clean = PurgeJob.isPaid(reader);
        boolean any = false;
        boolean erasing = false;
        String after = "";
        Page<Destruction> page;
        do {
            page = Destructions.page(reader, after, PAGE);
            List<Destruction> erased = page.items().stream()
                    .filter(one -> one.state() instanceof Destruction.State.Erasing)
                    .toList();
            if (clean && !erased.isEmpty()) {
                return new Todo.Sign(erased);
            }
            Optional<Destruction> due =
                    page.items().stream().filter(this::isDue).findFirst();
            if (due.isPresent()) {
                Scope scope = due.get().scope();
                KeyTerm term = new KeyTerm(due.get().terms().getFirst());
                return new Todo.Destroy(due.get(), term, reader.keyringId(scope));
            }
            any |= !page.items().isEmpty();
            erasing |= !erased.isEmpty();
            after = page.items().isEmpty()
                    ? ""
                    : Destructions.place(page.items().getLast());
        } while (page.more());
        return any ? new Todo.Wait(erasing ? SOON : LATER) : new Todo.Nothing();
    }

    private boolean isDue(Destruction one) {
        return one.state() instanceof Destruction.State.Waiting waiting
                && !waiting.due().isAfter(time.now());
    }

    private void destroy(Barrier barrier, Todo.Destroy due) {
        String keyring = due.keyringId().orElse("");
        if (scan.filter(begun -> begun.isOf(due.one().scope(), due.term(), keyring))
                .isEmpty()) {
            scan = Optional.of(new TermScan(due.one().scope(), due.term(), keyring));
        }
        try {
            switch (scan.get().part(barrier)) {
                case NOTHING_YET -> {}
                case A_VALUE ->
                    blocked(barrier, due, "a value is still encrypted under this term: rewrap the scope first");
                case NONE -> {
                    scan = Optional.empty();
                    barrier.accepted(writer -> destroy(writer, due, keyring));
                }
            }
        } catch (CorruptedException damaged) {
            blocked(barrier, due, "not every value can be looked at: " + damaged.getMessage());
        }
    }

    private void blocked(Barrier barrier, Todo.Destroy due, String why) {
        scan = Optional.empty();
        barrier.accepted(writer -> block(writer, due.one(), why));
    }

    /// Whatever has changed since it was looked at, is looked at anew.
    private boolean destroy(BarrierWriter writer, Todo.Destroy due, String keyring) {
        Destruction one = due.one();
        if (Destructions.again(writer, one).filter(one::equals).isEmpty()
                || !writer.keyringId(one.scope()).orElse("").equals(keyring)) {
            return false;
        }
        Optional<KeyStatus> status = writer.terms(one.scope()).stream()
                .filter(info -> info.term().equals(due.term()))
                .map(TermInfo::status)
                .findFirst();
        if (status.isEmpty() || status.get() == KeyStatus.DESTROYED) {
            Destructions.remove(writer, one);
        } else if (status.get() == KeyStatus.PRIMARY) {
            block(writer, one, "this term is the primary: rotate the scope first");
        } else if (one.scope().equals(Scope.KEYS) && writer.isShared()) {
            block(writer, one, "former and new shares both open this vault: unseal it with the new ones first");
        } else {
            writer.destroy(one.scope(), due.term());
            Destructions.put(writer, one.in(new Destruction.State.Erasing(time.now(), keyring, writer.generations())));
        }
        return true;
    }

    private boolean block(BarrierWriter writer, Destruction one, String why) {
        if (Destructions.again(writer, one).filter(one::equals).isPresent()) {
            Destructions.put(
                    writer, one.in(new Destruction.State.Waiting(time.now().plus(RETRY), why)));
        }
        return true;
    }

    private void sign(Barrier barrier, List<Destruction> erased) {
        erased.forEach(one -> barrier.closeDestroyed(one.scope()));
        Instant now = time.now();
        List<Destruction> signed = barrier.accepted(writer -> {
            SigningKey key = ReceiptKey.of(writer, random);
            List<Destruction> still = erased.stream()
                    .filter(one ->
                            Destructions.again(writer, one).filter(one::equals).isPresent())
                    .toList();
            for (Destruction one : still) {
                if (one.state() instanceof Destruction.State.Erasing state) {
                    Receipts.put(writer, one.id(), Receipt.of(one, state, writer.storeId(), now, key));
                    Destructions.remove(writer, one);
                }
            }
            return still;
        });
        signed.forEach(one -> observer.observe(
                new Event.KeysDestroyed(one.scope().name(), one.terms().size(), one.id())));
    }
}
