// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// When each term last opened a value: in memory, and on the disk in a record for each scope (form 1), as it was when
/// {@link UsesJob} last saved it. A kill loses at most the last minute.
public final class LastUses {
    private static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("key-uses");
    private static final int FORM = 1;

    private final Map<Scope, Map<KeyTerm, Instant>> recent = new ConcurrentHashMap<>();
    private final Set<Scope> unsaved = ConcurrentHashMap.newKeySet();

    /// The moments of a scope's terms, those that were ever used.
    public Map<KeyTerm, Instant> of(BarrierReader reader, Scope scope) {
        Map<KeyTerm, Instant> uses = saved(reader, scope);
        addRecent(scope, uses);
        return uses;
    }

    /// Notes that terms of a scope were used until now.
    void note(Scope scope, List<KeyTerm> terms, Instant now) {
        Map<KeyTerm, Instant> uses = recent.computeIfAbsent(scope, none -> new ConcurrentHashMap<>());
        terms.forEach(term -> uses.merge(term, now, LastUses::later));
        unsaved.add(scope);
    }

    /// At most so many scopes of which something was noted since they were saved.
    List<Scope> unsaved(int most) {
        return unsaved.stream().limit(most).toList();
    }

    /// Writes down what is known of these scopes; nothing of one that is gone, or whose keyring does not open.
    ///
    /// @return of what did not open: a record of uses was empty then, and is written anew
    List<String> save(BarrierWriter writer, List<Scope> scopes) {
        List<String> damaged = new ArrayList<>();
        for (Scope scope : scopes) {
            try {
                save(writer, scope, damaged);
            } catch (CorruptedException keyring) {
                damaged.add(String.valueOf(keyring.getMessage()));
            }
        }
        return damaged;
    }

    private void save(BarrierWriter writer, Scope scope, List<String> damaged) {
        List<KeyTerm> terms = writer.terms(scope).stream().map(TermInfo::term).toList();
        if (terms.isEmpty()) {
            recent.remove(scope);
            forget(writer, scope);
            return;
        }
        Map<KeyTerm, Instant> uses = new TreeMap<>();
        try {
            uses.putAll(saved(writer, scope));
        } catch (CorruptedException record) {
            damaged.add(String.valueOf(record.getMessage()));
        }
        addRecent(scope, uses);
        uses.keySet().retainAll(terms);
        writer.put(RECORDS.key(scope.name()), write(uses));
    }

    private void addRecent(Scope scope, Map<KeyTerm, Instant> uses) {
        recent.getOrDefault(scope, Map.of()).forEach((term, at) -> uses.merge(term, at, LastUses::later));
    }

    /// Those are written down.
    void saved(List<Scope> scopes) {
        scopes.forEach(unsaved::remove);
    }

    /// Takes the record of a scope away that is removed in this transaction.
    public static void forget(BarrierWriter writer, Scope scope) {
        writer.delete(RECORDS.key(scope.name()));
    }

    private static Map<KeyTerm, Instant> saved(BarrierReader reader, Scope scope) {
        StorageKey key = RECORDS.key(scope.name());
        return reader.get(key).map(value -> read(key, value)).orElseGet(TreeMap::new);
    }

    static Plaintext write(Map<KeyTerm, Instant> uses) {
        List<Json> terms = new ArrayList<>();
        new TreeMap<>(uses)
                .forEach((term, at) -> terms.add(Json.object()
                        .put("term", term.toString())
                        .put("at", Timestamps.format(at))
                        .build()));
        return new Plaintext(JsonText.write(
                Json.object().put("v", FORM).put("terms", new Json.Arr(terms)).build()));
    }

    static Map<KeyTerm, Instant> read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Map<KeyTerm, Instant> uses = new TreeMap<>();
        stored.textMaps("terms").forEach(use -> uses.put(term(key, use), at(key, use)));
        stored.end();
        return uses;
    }

    private static KeyTerm term(StorageKey key, Map<String, String> use) {
        try {
            return new KeyTerm(Integer.parseInt(use.getOrDefault("term", "")));
        } catch (IllegalArgumentException none) {
            throw new CorruptedException("record " + key + " has a term that is none", none);
        }
    }

    private static Instant at(StorageKey key, Map<String, String> use) {
        return Optional.of(use.getOrDefault("at", ""))
                .flatMap(Timestamps::parse)
                .orElseThrow(() -> new CorruptedException("record " + key + " has a moment that is none"));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
