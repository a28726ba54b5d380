// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Values with a header and a text, and what tests ask of them.
final class Entries {
    static final Scope SCOPE = new Scope("0b5e1a52-0000-4000-8000-000000000001");
    static final Folder ROOT = Folder.of(SCOPE);

    private Entries() {}

    static Ciphertext value(int term, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Ciphertext(ByteBuffer.allocate(Ciphertext.HEADER_BYTES + bytes.length)
                .put((byte) 1)
                .putInt(term)
                .put(bytes)
                .array());
    }

    static Ciphertext value(String text) {
        return value(1, text);
    }

    static String text(Ciphertext value) {
        int header = Ciphertext.HEADER_BYTES;
        return new String(value.bytes(), header, value.length() - header, StandardCharsets.UTF_8);
    }

    static String text(Reader<Ciphertext> reader, String path) {
        return reader.get(ROOT.key(path)).map(Entries::text).orElse("");
    }

    static int number(Reader<Ciphertext> reader, String path) {
        String text = text(reader, path);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    static void put(Writer<Ciphertext> writer, String path, Object text) {
        writer.put(ROOT.key(path), value(String.valueOf(text)));
    }

    /// What a stage ended with, once it has.
    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /// What a stage that is complete failed with.
    static Throwable failure(CompletionStage<?> stage) {
        if (!stage.toCompletableFuture().isDone()) {
            throw new AssertionError("the stage is not complete");
        }
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("the stage has not failed");
    }

    static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    /// The census of a scope, counted from its values; the encryptions cannot be seen there and are 0.
    static SortedMap<Integer, Tally> count(Committer committer, Scope scope) {
        return committer.read(reader -> {
            SortedMap<Integer, Tally> totals = new TreeMap<>();
            String after = "";
            Page<StorageKey> page;
            do {
                page = reader.scan(Folder.of(scope), after, 100);
                for (StorageKey key : page.items()) {
                    Ciphertext value = reader.get(key).orElseThrow();
                    totals.merge(value.term(), new Tally(1, value.length(), 0, 0), Tally::plus);
                    after = key.path();
                }
            } while (page.more());
            return totals;
        });
    }

    /// The census of a scope as its totals say, terms without values left out, the encryptions as 0.
    static SortedMap<Integer, Tally> totals(Committer committer, Scope scope) {
        SortedMap<Integer, Tally> totals = new TreeMap<>();
        committer.census(scope).forEach((term, tally) -> {
            if (tally.values() != 0 || tally.bytes() != 0) {
                totals.put(term, tally.live());
            }
        });
        return totals;
    }
}
