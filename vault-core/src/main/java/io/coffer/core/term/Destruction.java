// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Keys that are to be gone: one term of a scope, or all of a scope whose mount was disabled. Stored as form 1.
///
/// @param mount the path of the mount; empty if the scope is the vault's own
/// @param terms whose keys they are
public record Destruction(Scope scope, String mount, Kind kind, List<Integer> terms, Instant requested, State state) {
    private static final int FORM = 1;

    /// What is destroyed.
    public enum Kind {
        /// One term, which no value needs any more.
        TERM("destroy"),
        /// A scope with its values.
        SCOPE("shred");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /// How far it is.
    public sealed interface State {
        /// The keys are there, and can be restored.
        ///
        /// @param due when they are to be destroyed, or when it is tried again
        /// @param blocked why they could not be; empty if it was not tried
        record Waiting(Instant due, String blocked) implements State {}

        /// The keyring is written without the keys; the files are being cleaned.
        ///
        /// @param record what tells the record that held the keys from every other, in hex
        /// @param generations of shares that opened the store then
        record Erasing(Instant destroyed, String record, List<Integer> generations) implements State {
            public Erasing {
                generations = List.copyOf(generations);
            }
        }

        /// The record is damaged: only its name says what it is of. Never stored.
        record Unreadable(String reason) implements State {}
    }

    public Destruction {
        terms = List.copyOf(terms);
    }

    /// Of a record that cannot be read, as far as its name tells.
    ///
    /// @param terms empty for the whole scope
    static Destruction unreadable(Scope scope, List<Integer> terms, String reason) {
        Kind kind = terms.isEmpty() ? Kind.SCOPE : Kind.TERM;
        return new Destruction(scope, "", kind, terms, Instant.EPOCH, new State.Unreadable(reason));
    }

    static Destruction ofTerm(Scope scope, String mount, KeyTerm term, Instant now, Instant due) {
        return new Destruction(scope, mount, Kind.TERM, List.of(term.value()), now, new State.Waiting(due, ""));
    }

    /// Names it, and the receipt that comes of it; no other has the same, since no term is ever used again.
    public String id() {
        return switch (kind) {
            case TERM -> scope.name() + '.' + terms.getFirst();
            case SCOPE -> scope.name();
        };
    }

    Destruction in(State next) {
        return new Destruction(scope, mount, kind, terms, requested, next);
    }

    /// How clients see it.
    public Json.Obj describe() {
        Json.Builder described = Json.object()
                .put("id", id())
                .put("kind", kind.wireName())
                .put("scope", scope.name())
                .put("mount", mount)
                .put("terms", new Json.Arr(terms.stream().<Json>map(Json::of).toList()));
        if (!(state instanceof State.Unreadable)) {
            described.put("requested", Timestamps.format(requested));
        }
        switch (state) {
            case State.Waiting(Instant due, String blocked) -> {
                described
                        .put("state", blocked.isEmpty() ? "waiting" : "blocked")
                        .put("destroy_time", Timestamps.format(due));
                if (!blocked.isEmpty()) {
                    described.put("blocked", blocked);
                }
            }
            case State.Erasing erasing ->
                described.put("state", "erasing").put("destroyed", Timestamps.format(erasing.destroyed()));
            case State.Unreadable(String reason) ->
                described.put("state", "damaged").put("blocked", reason);
        }
        return described.build();
    }

    Plaintext write() {
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("scope", scope.name())
                .put("mount", mount)
                .put("kind", kind.wireName())
                .put("terms", numbers(terms))
                .put("requested", Timestamps.format(requested));
        switch (state) {
            case State.Waiting(Instant due, String blocked) ->
                record.put("due", Timestamps.format(due)).put("blocked", blocked);
            case State.Erasing(Instant destroyed, String held, List<Integer> generations) ->
                record.put("destroyed", Timestamps.format(destroyed))
                        .put("record", held)
                        .put("generations", numbers(generations));
            case State.Unreadable none -> throw new IllegalStateException("what was not read is not written");
        }
        return new Plaintext(JsonText.write(record.build()));
    }

    static Destruction read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Kind kind = Map.of(Kind.TERM.wireName, Kind.TERM, Kind.SCOPE.wireName, Kind.SCOPE)
                .get(stored.text("kind"));
        if (kind == null) {
            throw new CorruptedException("record " + key + " has no proper member kind");
        }
        Destruction read = new Destruction(
                scope(key, stored.text("scope")),
                stored.text("mount"),
                kind,
                whole(stored.numbers("terms")),
                moment(key, stored.text("requested")),
                state(key, stored));
        stored.end();
        return read;
    }

    private static Scope scope(StorageKey key, String name) {
        try {
            return new Scope(name);
        } catch (IllegalArgumentException none) {
            throw new CorruptedException("record " + key + " has no proper member scope", none);
        }
    }

    private static State state(StorageKey key, StoredRecord stored) {
        return stored.optionalText("due")
                .<State>map(due -> new State.Waiting(moment(key, due), stored.text("blocked")))
                .orElseGet(() -> new State.Erasing(
                        moment(key, stored.text("destroyed")),
                        stored.text("record"),
                        whole(stored.numbers("generations"))));
    }

    static Instant moment(StorageKey key, String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> new CorruptedException("record " + key + " has a moment that is none"));
    }

    private static List<Integer> whole(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).toList();
    }

    static Json.Arr numbers(List<Integer> numbers) {
        return new Json.Arr(numbers.stream().<Json>map(Json::of).toList());
    }
}
