// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Since when terms are deprecated. One that a rotation retired is since the next one was installed; where
/// that does not tell, since the next came from elsewhere or somebody deprecated it by hand, there is a
/// record (form 1).
public final class Deprecations {
    private static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("key-deprecated");
    private static final int FORM = 1;
    private static final int PAGE = 256;

    private Deprecations() {}

    /// Deprecates a term by hand.
    ///
    /// @throws IllegalArgumentException if it is the primary, destroyed, or none of this scope
    public static void deprecate(BarrierWriter writer, Scope scope, KeyTerm term, Instant now) {
        writer.deprecate(scope, term);
        StorageKey key = RECORDS.folder(scope.name()).key(term.toString());
        if (!isKnown(() -> writer.get(key).isPresent())) {
            writer.put(key, write(now));
        }
    }

    /// Gives a scope a new primary as {@link BarrierWriter#rotate} does; the former one is deprecated since now.
    public static Optional<TermInfo> rotate(
            BarrierWriter writer, Scope scope, Optional<Algorithm> algorithm, Instant now) {
        Optional<TermInfo> former = writer.primary(scope);
        Optional<TermInfo> rotated = writer.rotate(scope, algorithm, now);
        rotated.ifPresent(primary -> retired(writer, scope, former.orElseThrow().term(), now));
        return rotated;
    }

    /// Whether a term may become the primary: not while it waits to be destroyed.
    public static boolean isAvailable(BarrierReader reader, Scope scope, KeyTerm term) {
        return Destructions.find(reader, scope, term).isEmpty()
                && reader.terms(scope).stream().anyMatch(info -> info.term().equals(term) && info.isAvailable());
    }

    /// Makes a term the primary as {@link BarrierWriter#activate} does; the former one is deprecated since now.
    ///
    /// @return empty if it is not available
    public static Optional<TermInfo> activate(BarrierWriter writer, Scope scope, KeyTerm term, Instant now) {
        if (!isAvailable(writer, scope, term)) {
            return Optional.empty();
        }
        Optional<TermInfo> former = writer.primary(scope);
        Optional<TermInfo> activated = writer.activate(scope, term);
        activated.ifPresent(
                primary -> retired(writer, scope, former.orElseThrow().term(), now));
        return activated;
    }

    private static void retired(BarrierWriter writer, Scope scope, KeyTerm term, Instant now) {
        if (!isKnown(() -> since(writer, scope, term).filter(now::equals).isPresent())) {
            writer.put(RECORDS.folder(scope.name()).key(term.toString()), write(now));
        }
    }

    /// A record that does not open says nothing, and is written anew.
    private static boolean isKnown(BooleanSupplier record) {
        try {
            return record.getAsBoolean();
        } catch (CorruptedException bent) {
            return false;
        }
    }

    /// Empty if it is not known.
    static Optional<Instant> since(BarrierReader reader, Scope scope, KeyTerm term) {
        StorageKey key = RECORDS.folder(scope.name()).key(term.toString());
        Optional<Instant> byHand = reader.get(key).map(value -> read(key, value));
        return byHand.isPresent()
                ? byHand
                : reader.terms(scope).stream()
                        .filter(info -> info.term().compareTo(term) > 0)
                        .findFirst()
                        .map(TermInfo::installed);
    }

    static void forget(BarrierWriter writer, Scope scope) {
        Folder folder = RECORDS.folder(scope.name());
        Page<StorageKey> page = new Page<>(List.of(), true);
        while (page.more()) {
            page = writer.scan(folder, "", PAGE);
            page.items().forEach(writer::delete);
        }
    }

    static Plaintext write(Instant at) {
        return new Plaintext(JsonText.write(
                Json.object().put("v", FORM).put("at", Timestamps.format(at)).build()));
    }

    static Instant read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Instant at = Destruction.moment(key, stored.text("at"));
        stored.end();
        return at;
    }
}
