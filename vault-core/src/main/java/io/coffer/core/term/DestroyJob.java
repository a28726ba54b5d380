// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Debts;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries destructions out, each in five steps: one transaction writes the keyring without the key; nobody sees an
/// older one; {@link PurgeJob} erases from the files what held the key, and looks through all of them; a receipt is
/// signed. What a kill cuts off is gone on with, by the records alone.
///
/// Destructions that meet share a purge, and wait for whatever else was to be erased then.
public final class DestroyJob implements Job {
    /// When one that could not be carried out is tried again.
    static final Duration RETRY = Duration.ofMinutes(1);

    private static final String NEEDED =
            "a value is still encrypted under this term: rewrap the scope first; sys/rewrap"
                    + " names what it could not move";

    private static final String UNREADABLE =
            "whether a value needs this term cannot be seen; sys/verify shows what else" + " is damaged: ";

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final int PAGE = 64;

    private final Time time;
    private final SecureRandom random;
    private final Observer observer;
    private Optional<TermScan> scan = Optional.empty();

    /// What is erased next; what comes meanwhile waits for its turn.
    private Optional<Awaited> awaited = Optional.empty();

    /// Of which destructions no receipt could be signed, and when that is tried again.
    private final Map<String, Instant> unsigned = new HashMap<>();

    public DestroyJob(Time time, SecureRandom random, Observer observer) {
        this.time = time;
        this.random = random;
        this.observer = observer;
    }

    /// Destructions whose keys are gone, and all that the disk owed when that was seen.
    private record Awaited(List<Destruction> erasing, Debts debts) {
        List<Destruction> first(int most) {
            return erasing.subList(0, Math.min(most, erasing.size()));
        }

        /// Empty if none is left.
        Optional<Awaited> without(int signed) {
            return signed == erasing.size()
                    ? Optional.empty()
                    : Optional.of(new Awaited(erasing.subList(signed, erasing.size()), debts));
        }
    }

    /// What is to be done next.
    private sealed interface Todo {
        record Nothing() implements Todo {}

        /// Something waits for its time, or for the disk.
        record Wait(Duration rest) implements Todo {}

        record Destroy(Destruction one, KeyTerm term) implements Todo {}

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
                awaited = Optional.empty();
                unsigned.clear();
                yield Optional.empty();
            }
            case Todo.Wait(Duration rest) -> Optional.of(rest);
            case Todo.Destroy due -> {
                destroy(barrier, due);
                yield Optional.of(Duration.ZERO);
            }
            case Todo.Sign(List<Destruction> erased) -> {
                erased.forEach(one -> trySign(barrier, one));
                awaited = awaited.flatMap(some -> some.without(erased.size()));
                yield Optional.of(Duration.ZERO);
            }
        };
    }

    private Todo next(BarrierReader reader) {
        if (awaited.filter(some -> some.debts().arePaid(reader)).isPresent()) {
            return new Todo.Sign(awaited.get().first(PAGE));
        }
        boolean any = false;
        List<Destruction> erasing = new ArrayList<>();
        Optional<Destruction> due = Optional.empty();
        String after = "";
        Page<Destruction> page;
        do {
            page = Destructions.page(reader, after, PAGE);
            page.items().stream().filter(this::isToBeSigned).forEach(erasing::add);
            due = due.or(page.items().stream().filter(this::isDue)::findFirst);
            any |= !page.items().isEmpty();
            after = page.items().isEmpty()
                    ? ""
                    : Destructions.place(page.items().getLast());
        } while (page.more());
        if (awaited.isEmpty() && !erasing.isEmpty()) {
            awaited = Optional.of(new Awaited(erasing, Debts.of(reader)));
        }
        if (due.isPresent()) {
            return new Todo.Destroy(due.get(), new KeyTerm(due.get().terms().getFirst()));
        }
        return any ? new Todo.Wait(awaited.isPresent() ? SOON : LATER) : new Todo.Nothing();
    }

    private boolean isDue(Destruction one) {
        return one.state() instanceof Destruction.State.Waiting waiting
                && !waiting.due().isAfter(time.now());
    }

    private boolean isToBeSigned(Destruction one) {
        Instant again = unsigned.getOrDefault(one.id(), Instant.MIN);
        return one.state() instanceof Destruction.State.Erasing && !again.isAfter(time.now());
    }

    private void destroy(Barrier barrier, Todo.Destroy due) {
        switch (look(barrier, due)) {
            case Looked.Further further -> {}
            case Looked.Blocked(String why) -> {
                scan = Optional.empty();
                barrier.accepted(writer -> block(writer, due.one(), why));
            }
            case Looked.Free(String keyring) -> {
                scan = Optional.empty();
                barrier.accepted(writer -> destroy(writer, due, keyring));
            }
        }
    }

    /// What a look at some of a scope's values came to.
    private sealed interface Looked {
        record Further() implements Looked {}

        record Blocked(String why) implements Looked {}

        /// No value needs the term.
        ///
        /// @param keyring what told the scope's keyring from every other when that was seen
        record Free(String keyring) implements Looked {}
    }

    private Looked look(Barrier barrier, Todo.Destroy due) {
        Scope scope = due.one().scope();
        try {
            String keyring = barrier.survey(reader -> {
                reader.terms(scope); // so that it is opened
                return reader.keyringId(scope).orElse("");
            });
            TermScan under = scan.filter(begun -> begun.isOf(scope, due.term(), keyring))
                    .orElseGet(() -> new TermScan(scope, due.term(), keyring));
            scan = Optional.of(under);
            return switch (under.part(barrier)) {
                case NOTHING_YET -> new Looked.Further();
                case A_VALUE -> new Looked.Blocked(NEEDED);
                case NONE -> new Looked.Free(keyring);
            };
        } catch (CorruptedException damaged) {
            return new Looked.Blocked(UNREADABLE + damaged.getMessage());
        }
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

    /// One that cannot be signed is told, and holds up no other.
    private void trySign(Barrier barrier, Destruction one) {
        try {
            barrier.closeDestroyed(one.scope());
            if (barrier.accepted(writer -> sign(writer, one))) {
                observer.observe(
                        new Event.KeysDestroyed(one.scope().name(), one.terms().size(), one.id()));
            }
            unsigned.remove(one.id());
        } catch (CorruptedException damaged) {
            unsigned.put(one.id(), time.now().plus(RETRY));
            observer.observe(new Event.JobFailed(name(), "no receipt for " + one.id() + ": " + damaged.getMessage()));
        }
    }

    private boolean sign(BarrierWriter writer, Destruction one) {
        if (!(one.state() instanceof Destruction.State.Erasing state)
                || Destructions.again(writer, one).filter(one::equals).isEmpty()) {
            return false;
        }
        if (!isGone(writer, one)) {
            throw new CorruptedException(
                    "an older keyring of scope " + one.scope() + ", with that key, is there again");
        }
        SigningKey key = ReceiptKey.of(writer, random);
        Receipts.put(writer, one.id(), Receipt.of(one, state, writer.storeId(), time.now(), key));
        Destructions.remove(writer, one);
        return true;
    }

    /// Whether the newest keyring has none of its keys.
    private static boolean isGone(BarrierWriter writer, Destruction one) {
        return switch (one.kind()) {
            case TERM ->
                writer.terms(one.scope()).stream()
                        .filter(info -> one.terms().contains(info.term().value()))
                        .allMatch(info -> info.status() == KeyStatus.DESTROYED);
            case SCOPE -> writer.keyringId(one.scope()).isEmpty();
        };
    }
}
