// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The destructions that were asked for and have no receipt yet: a record each, so that one is there if and
/// only if its work is. Asking twice for the same is asking once.
public final class Destructions {
    static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("key-jobs");
    private static final String WHOLE = "all";
    private static final Pattern NAME = Pattern.compile("([^/]+)/(" + WHOLE + "|[1-9][0-9]{0,8})");
    private static final int PAGE = 256;

    private Destructions() {}

    /// The one of a term, if it was asked for.
    public static Optional<Destruction> find(BarrierReader reader, Scope scope, KeyTerm term) {
        return find(reader, RECORDS.folder(scope.name()).key(term.toString()));
    }

    /// A part of them, in the order of their names.
    ///
    /// @param after a name as {@link #place} gives it, an exclusive start; empty to start at the first
    public static Page<Destruction> page(BarrierReader reader, String after, int limit) {
        Page<StorageKey> keys = reader.scan(RECORDS, after, limit);
        return new Page<>(
                keys.items().stream().flatMap(key -> find(reader, key).stream()).toList(), keys.more());
    }

    /// Those of one scope.
    public static List<Destruction> of(BarrierReader reader, Scope scope) {
        List<Destruction> all = new ArrayList<>();
        for (StorageKey key : keys(reader, scope)) {
            find(reader, key).ifPresent(all::add);
        }
        return all;
    }

    public static boolean any(BarrierReader reader) {
        return !reader.scan(RECORDS, "", 1).items().isEmpty();
    }

    /// Where it stands among all.
    public static String place(Destruction one) {
        return RECORDS.relative(key(one));
    }

    /// Asks for a term's key to be destroyed; the one that is asked for already stays as it is.
    ///
    /// @param due until when it can be restored
    public static Destruction ask(
            BarrierWriter writer, Scope scope, String mount, KeyTerm term, Instant now, Instant due) {
        return find(writer, scope, term).orElseGet(() -> {
            Destruction made = Destruction.ofTerm(scope, mount, term, now, due);
            put(writer, made);
            return made;
        });
    }

    /// Notes that terms are destroyed in this transaction, whoever asked for it; their receipts follow.
    ///
    /// @param record what tells the record that held the keys from every other, in hex
    public static void destroyed(BarrierWriter writer, Scope scope, List<KeyTerm> terms, String record, Instant now) {
        Destruction.State state = new Destruction.State.Erasing(now, record, writer.generations());
        for (KeyTerm term : terms) {
            Destruction asked = find(writer, scope, term)
                    .filter(one -> !(one.state() instanceof Destruction.State.Unreadable))
                    .orElseGet(() -> Destruction.ofTerm(scope, "", term, now, now));
            put(writer, asked.in(state));
        }
    }

    /// Lets what waits begin at once, as a quorum of shares may say.
    public static Destruction hasten(BarrierWriter writer, Destruction one, Instant now) {
        if (one.state() instanceof Destruction.State.Waiting waiting
                && waiting.due().isAfter(now)) {
            Destruction due = one.in(new Destruction.State.Waiting(now, waiting.blocked()));
            put(writer, due);
            return due;
        }
        return one;
    }

    /// Withdraws what waits, or a damaged record.
    ///
    /// @return whether there was one, and the key is still there
    public static boolean restore(BarrierWriter writer, Scope scope, KeyTerm term) {
        Optional<Destruction> found = find(writer, scope, term);
        if (found.isEmpty() || found.get().state() instanceof Destruction.State.Erasing) {
            return false;
        }
        remove(writer, found.get());
        return true;
    }

    /// Takes a scope away with its keyring and values, in this transaction; the disk's files follow, and a receipt.
    public static void shred(BarrierWriter writer, Scope scope, String mount, Instant now) {
        Optional<Destruction> receipted = whole(writer, scope, mount, now);
        for (StorageKey waiting : keys(writer, scope)) {
            if (find(writer, waiting)
                    .filter(one -> !(one.state() instanceof Destruction.State.Erasing))
                    .isPresent()) {
                writer.delete(waiting);
            }
        }
        receipted.ifPresent(one -> put(writer, one));
        writer.removeScope(scope);
        Deprecations.forget(writer, scope);
        RotationConfig.forget(writer, scope);
        LastUses.forget(writer, scope);
    }

    /// None of a keyring that does not open, and so no receipt: nobody knows which terms it held, nor whether the
    /// record that held them is still to be found by the name that this one has.
    private static Optional<Destruction> whole(BarrierReader reader, Scope scope, String mount, Instant now) {
        try {
            List<Integer> terms = reader.terms(scope).stream()
                    .filter(info -> info.status() != KeyStatus.DESTROYED)
                    .map(TermInfo::term)
                    .map(KeyTerm::value)
                    .toList();
            return reader.keyringId(scope)
                    .map(id -> new Destruction.State.Erasing(now, id, reader.generations()))
                    .map(state -> new Destruction(scope, mount, Destruction.Kind.SCOPE, terms, now, state));
        } catch (CorruptedException unreadable) {
            return Optional.empty();
        }
    }

    static void put(BarrierWriter writer, Destruction one) {
        writer.put(key(one), one.write());
    }

    static void remove(BarrierWriter writer, Destruction one) {
        writer.delete(key(one));
    }

    static Optional<Destruction> again(BarrierReader reader, Destruction one) {
        return find(reader, key(one));
    }

    private static List<StorageKey> keys(BarrierReader reader, Scope scope) {
        Folder folder = RECORDS.folder(scope.name());
        List<StorageKey> keys = new ArrayList<>();
        Page<StorageKey> page = new Page<>(List.of(), true);
        while (page.more()) {
            page = reader.scan(folder, keys.isEmpty() ? "" : folder.relative(keys.getLast()), PAGE);
            keys.addAll(page.items());
        }
        return keys;
    }

    private static StorageKey key(Destruction one) {
        Folder folder = RECORDS.folder(one.scope().name());
        return switch (one.kind()) {
            case TERM -> folder.key(one.terms().getFirst().toString());
            case SCOPE -> folder.key(WHOLE);
        };
    }

    private static Optional<Destruction> find(BarrierReader reader, StorageKey key) {
        try {
            return reader.get(key).map(value -> Destruction.read(key, value));
        } catch (CorruptedException damaged) {
            return Optional.of(unreadable(key, damaged));
        }
    }

    private static Destruction unreadable(StorageKey key, CorruptedException damaged) {
        Matcher name = NAME.matcher(RECORDS.relative(key));
        if (!name.matches()) {
            throw damaged;
        }
        List<Integer> terms = name.group(2).equals(WHOLE) ? List.of() : List.of(Integer.parseInt(name.group(2)));
        String reason = damaged.getMessage() + (terms.isEmpty() ? "" : "; restore takes it away");
        return Destruction.unreadable(new Scope(name.group(1)), terms, reason);
    }
}
