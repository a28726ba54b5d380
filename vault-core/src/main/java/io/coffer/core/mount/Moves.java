// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What mounts have moved of late, for clients that ask how their move went on. The newest {@link #MOST} are kept, in
/// one record of form 1.
public record Moves(List<Move> newest) {
    /// The most moves that are remembered.
    public static final int MOST = 100;

    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "mount-moves");
    private static final int FORM = 1;

    public Moves {
        newest = List.copyOf(newest);
    }

    /// @param id what the client was told to ask for
    /// @param from the former path, as `secret/`
    /// @param to the path since then
    public record Move(String id, String from, String to) {}

    public static Moves read(BarrierReader reader) {
        return reader.get(KEY).map(value -> read(KEY, value)).orElse(new Moves(List.of()));
    }

    public Optional<Move> withId(String id) {
        return newest.stream().filter(move -> move.id().equals(id)).findFirst();
    }

    /// Remembers one more.
    public static void add(BarrierWriter writer, Move move) {
        List<Move> all = new ArrayList<>(read(writer).newest());
        all.addFirst(move);
        writer.put(KEY, new Moves(all.subList(0, Math.min(MOST, all.size()))).write());
    }

    Plaintext write() {
        List<Json> all = new ArrayList<>();
        newest.forEach(move -> all.add(Json.object()
                .put("id", move.id())
                .put("from", move.from())
                .put("to", move.to())
                .build()));
        return new Plaintext(JsonText.write(
                Json.object().put("v", FORM).put("moves", new Json.Arr(all)).build()));
    }

    static Moves read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Moves moves = new Moves(stored.textMaps("moves").stream()
                .map(move -> new Move(
                        move.getOrDefault("id", ""), move.getOrDefault("from", ""), move.getOrDefault("to", "")))
                .toList());
        stored.end();
        return moves;
    }
}
