// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final Folder FOLDER = Folder.of(new Scope("m")).folder("f");
    private static final Paging ALL = new Paging("", 0);

    private static MemoryWriter holding(Iterable<String> paths) {
        MemoryWriter store = new MemoryWriter();
        paths.forEach(path -> store.put(FOLDER.key(path), new Plaintext(new byte[0])));
        return store;
    }

    @Test
    void aListIsLongerThanAPageOfTheStorage() {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            paths.add("k%05d".formatted(i));
        }
        MemoryWriter store = holding(paths);
        assertThat(Listing.children(store, FOLDER, ALL)).isEqualTo(new Listing(paths, false));
        assertThat(Listing.below(store, FOLDER, ALL)).isEqualTo(new Listing(paths, false));
        assertThat(Listing.children(store, FOLDER, new Paging("", 1_500)).names())
                .isEqualTo(paths.subList(0, 1_500));
        assertThat(Listing.children(store, FOLDER, new Paging("k01499", 2_500)).names())
                .isEqualTo(paths.subList(1_500, 2_500));
        assertThat(Listing.children(store, FOLDER, new Paging("k02499", 0)).names())
                .isEmpty();
        assertThat(Listing.children(store, FOLDER, new Paging("", 2_500)).cut()).isFalse();
        assertThat(Listing.children(store, FOLDER, new Paging("", 10)).cut()).isFalse();
    }

    @Test
    void whatIsCutTellsHowToReadOn() {
        Listing cut =
                Listing.children(holding(List.of("a", "b", "c")), FOLDER, ALL).first(2);
        assertThat(Harness.show(cut.listed()))
                .isEqualTo(
                        "200 {\"keys\":[\"a\",\"b\"]} [There are more than 2 entries; ask for the rest with the parameter"
                                + " \"after\" and the last of these.]");
        assertThat(Harness.show(Listing.children(holding(List.of("a")), FOLDER, ALL)
                        .first(1)
                        .listed()))
                .isEqualTo("200 {\"keys\":[\"a\"]}");
    }

    @Test
    void anyPartOfAListIsThatOfAModel() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> paths = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                paths.add(path(random));
            }
            String after = random.nextInt(3) == 0 ? "" : path(random).replaceAll("/.*", "");
            int limit = random.nextInt(5);
            MemoryWriter store = holding(paths);
            assertThat(Listing.children(store, FOLDER, new Paging(after, limit)).names())
                    .as("seed %s", seed)
                    .isEqualTo(model(
                            paths.stream()
                                    .map(path -> path.contains("/") ? path.substring(0, path.indexOf('/') + 1) : path)
                                    .toList(),
                            after,
                            limit));
            assertThat(Listing.below(store, FOLDER, new Paging(after, limit)).names())
                    .as("seed %s", seed)
                    .isEqualTo(model(paths, after, limit));
        }
    }

    private static List<String> model(List<String> names, String after, int limit) {
        TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
        names.forEach(name -> sorted.add(name.getBytes(StandardCharsets.UTF_8)));
        List<String> found = sorted.tailSet(after.getBytes(StandardCharsets.UTF_8), false).stream()
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
        return limit == 0 ? found : found.subList(0, Math.min(limit, found.size()));
    }

    private static String path(Random random) {
        String[] segments = {"a", "a-", "a.", "a0", "b", "é", "ÿ", "😀", "\uffee", "Z"};
        StringBuilder path = new StringBuilder(segments[random.nextInt(segments.length)]);
        while (random.nextInt(3) == 0) {
            path.append('/').append(segments[random.nextInt(segments.length)]);
        }
        return path.toString();
    }
}
