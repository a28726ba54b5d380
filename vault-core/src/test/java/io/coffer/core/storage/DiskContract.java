// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// Size: one contract, to be read and run as a whole by whoever writes a disk.
/// What every disk does, whatever it is made of.
public abstract class DiskContract {
    private Disk disk;

    /// A new, empty disk.
    protected abstract Disk create();

    /// The same disk, after it was closed.
    protected abstract Disk reopen();

    @BeforeEach
    void openDisk() {
        disk = create();
    }

    @AfterEach
    void closeDisk() {
        disk.close();
    }

    @Test
    void aBatchIsWrittenInItsOrder() {
        disk.write(List.of(put("a", "1"), put("b", "1"), new Change.Delete(Family.ENTRIES, bytes("a")), put("b", "2")));
        assertThat(all()).containsExactly("b=2");
        disk.write(List.of(put("a", "3"), clear("a", "c"), put("b", "4")));
        assertThat(all()).containsExactly("b=4");
        disk.write(List.of(put("a", "5"), clear("a", "c")));
        assertThat(all()).isEmpty();
    }

    @Test
    void aRangeEndsBeforeItsEnd() {
        disk.write(List.of(put("a", "1"), put("b", "1"), put("bb", "1"), put("c", "1"), put("d", "1")));
        disk.write(List.of(clear("b", "c")));
        assertThat(all()).containsExactly("a=1", "c=1", "d=1");
    }

    @Test
    void anEmptyBatchAndTheDeletionOfNothingAreNoErrors() {
        disk.write(List.of());
        disk.write(List.of(new Change.Delete(Family.KEYS, bytes("x")), clear("x", "y")));
        assertThat(all()).isEmpty();
    }

    @Test
    void aViewShowsTheStateOfItsMoment() {
        disk.write(List.of(put("a", "1"), put("b", "1"), put("c", "1")));
        try (Disk.View before = disk.view()) {
            disk.write(List.of(put("a", "2"), new Change.Delete(Family.ENTRIES, bytes("b")), put("bb", "2")));
            disk.write(List.of(clear("c", "d")));
            assertThat(all(before)).containsExactly("a=1", "b=1", "c=1");
            assertThat(text(before, "b")).isEqualTo("1");
            assertThat(text(before, "bb")).isEqualTo("-");
        }
        assertThat(all()).containsExactly("a=2", "bb=2");
    }

    @Test
    void familiesHaveNothingInCommon() {
        for (Family family : Family.values()) {
            disk.write(List.of(new Change.Put(family, bytes("k"), bytes(family.name()))));
        }
        disk.write(List.of(new Change.Delete(Family.TALLY, bytes("k")), clear("a", "z")));
        try (Disk.View view = disk.view()) {
            assertThat(view.get(Family.ENTRIES, bytes("k"))).isEmpty();
            assertThat(view.get(Family.TALLY, bytes("k"))).isEmpty();
            assertThat(view.get(Family.KEYS, bytes("k"))).hasValue(bytes("KEYS"));
        }
    }

    @Test
    void aHeadIsTheFirstBytesAndTheWholeLength() {
        disk.write(List.of(put("long", "123456789"), put("short", "12"), put("empty", "")));
        try (Disk.View view = disk.view()) {
            byte[] head = new byte[5];
            assertThat(view.head(Family.ENTRIES, bytes("long"), head)).isEqualTo(9);
            assertThat(head).isEqualTo(bytes("12345"));
            assertThat(view.head(Family.ENTRIES, bytes("short"), head)).isEqualTo(2);
            assertThat(Arrays.copyOf(head, 2)).isEqualTo(bytes("12"));
            assertThat(view.head(Family.ENTRIES, bytes("empty"), head)).isZero();
            assertThat(view.head(Family.ENTRIES, bytes("none"), head)).isEqualTo(Disk.ABSENT);
            assertThat(view.get(Family.ENTRIES, bytes("empty"))).hasValue(new byte[0]);
        }
    }

    @Test
    void keysAreOrderedByUnsignedBytes() {
        byte[][] keys = {{0}, {1}, {1, 0}, {0x2f}, {0x7f}, {(byte) 0x80}, {(byte) 0x80, 0}, {(byte) 0xff}, {-1, -1}};
        List<Change> changes = new ArrayList<>();
        for (byte[] key : keys) {
            changes.add(new Change.Put(Family.ENTRIES, key, key));
        }
        disk.write(changes.reversed());
        try (Disk.View view = disk.view();
                Disk.Cursor cursor = view.from(Family.ENTRIES, new byte[0])) {
            for (byte[] key : keys) {
                assertThat(cursor.key()).isEqualTo(key);
                assertThat(cursor.value()).isEqualTo(key);
                cursor.next();
            }
            assertThat(cursor.valid()).isFalse();
        }
    }

    @Test
    void aCursorStaysInItsBounds() {
        disk.write(List.of(put("a", "1"), put("b", "1"), put("d", "1"), put("e", "1")));
        try (Disk.View view = disk.view();
                Disk.Cursor cursor = view.range(Family.ENTRIES, bytes("b"), bytes("e"))) {
            assertThat(rest(cursor)).containsExactly("b=1", "d=1");
            cursor.seek(bytes("a"));
            assertThat(cursor.key()).isEqualTo(bytes("b"));
            cursor.seek(bytes("c"));
            assertThat(cursor.key()).isEqualTo(bytes("d"));
            cursor.seek(bytes("e"));
            assertThat(cursor.valid()).isFalse();
            cursor.seek(bytes("b"));
            assertThat(rest(cursor)).containsExactly("b=1", "d=1");
        }
    }

    @Test
    void aCursorAtItsEndAnswersNothing() {
        try (Disk.View view = disk.view();
                Disk.Cursor cursor = view.from(Family.ENTRIES, bytes("a"))) {
            assertThat(cursor.valid()).isFalse();
            assertThatThrownBy(cursor::key).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(cursor::value).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(cursor::next).isInstanceOf(RuntimeException.class);
        }
        try (Disk.View view = disk.view();
                Disk.Cursor cursor = view.range(Family.ENTRIES, bytes("b"), bytes("a"))) {
            assertThat(cursor.valid()).isFalse();
        }
    }

    @Test
    void everythingIsThereAfterReopening() {
        disk.write(List.of(put("a", "1"), put("b", "1"), new Change.Put(Family.KEYS, bytes("k"), bytes("1"))));
        disk.write(List.of(put("a", "2"), clear("b", "c")));
        disk.close();
        disk = reopen();
        assertThat(all()).containsExactly("a=2");
        try (Disk.View view = disk.view()) {
            assertThat(view.get(Family.KEYS, bytes("k"))).hasValue(bytes("1"));
        }
    }

    @Test
    void aPurgeKeepsWhatIsNotRemoved() {
        disk.write(List.of(new Change.Put(Family.KEYS, bytes("k"), bytes("1")), put("a", "1")));
        disk.write(List.of(new Change.Put(Family.KEYS, bytes("k"), bytes("2"))));
        disk.purge();
        disk.write(List.of(put("b", "1")));
        assertThat(all()).containsExactly("a=1", "b=1");
        try (Disk.View view = disk.view()) {
            assertThat(view.get(Family.KEYS, bytes("k"))).hasValue(bytes("2"));
        }
    }

    @Test
    void tracesAreFoundInAllThatIsThere() {
        disk.write(List.of(put("a key to find", "1"), put("k", "a value to find")));
        disk.write(List.of(new Change.Put(Family.KEYS, bytes("k"), bytes("another one to find"))));
        List<byte[]> wanted = List.of(
                bytes("key to find"), bytes("a value to"), bytes("one to find"), bytes("nobody has written this"));
        assertThat(disk.traces(wanted)).containsExactlyElementsOf(wanted.subList(0, 3));
        disk.write(List.of(new Change.Put(Family.KEYS, bytes("k"), bytes("2"))));
        disk.purge();
        assertThat(disk.traces(wanted)).doesNotContain(wanted.get(2));
    }

    @Test
    void reclaimingSpaceKeepsWhatIsThere() {
        disk.write(List.of(put("a", "1"), put("b", "1"), put("c", "1")));
        disk.write(List.of(clear("b", "c")));
        disk.reclaim(Family.ENTRIES, bytes("b"), bytes("c"));
        disk.reclaim(Family.ENTRIES, bytes("x"), bytes("y"));
        assertThat(all()).containsExactly("a=1", "c=1");
    }

    @Test
    void whatIsClosedIsUnavailable() {
        Disk.View view = disk.view();
        view.close();
        view.close();
        disk.close();
        disk.close();
        List<Runnable> calls = List.of(
                () -> view.get(Family.ENTRIES, bytes("a")),
                () -> view.head(Family.ENTRIES, bytes("a"), new byte[5]),
                () -> view.from(Family.ENTRIES, bytes("a")),
                () -> disk.view(),
                () -> disk.write(List.of(put("a", "1"))),
                () -> disk.purge(),
                () -> disk.traces(List.of(bytes("whatever"))),
                () -> disk.reclaim(Family.ENTRIES, bytes("a"), bytes("b")));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(StorageUnavailableException.class);
        }
    }

    @Test
    void randomWorkIsWhatASortedMapSays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int round = 0; round < 60; round++) {
            List<Change> batch = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                batch.add(change(random, model));
            }
            try (Disk.View before = disk.view()) {
                List<String> expected = all(before);
                disk.write(batch);
                assertThat(all(before)).as("an older view, seed %d", seed).isEqualTo(expected);
            }
            List<String> lines = new ArrayList<>();
            model.forEach((key, value) -> lines.add(line(key, value)));
            assertThat(all()).as("seed %d round %d", seed, round).isEqualTo(lines);
        }
    }

    @Test
    void manyThreadsReadOneView() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            changes.add(put("k" + i, String.valueOf(i)));
        }
        disk.write(changes);
        try (Disk.View view = disk.view()) {
            List<CompletableFuture<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                readers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 500; i++) {
                        assertThat(text(view, "k" + i)).isEqualTo(String.valueOf(i));
                    }
                }));
            }
            readers.forEach(CompletableFuture::join);
        }
    }

    private static Change change(Random random, NavigableMap<byte[], byte[]> model) {
        byte[] key = key(random);
        byte[] other = key(random);
        return switch (random.nextInt(8)) {
            case 0, 1 -> {
                model.remove(key);
                yield new Change.Delete(Family.ENTRIES, key);
            }
            case 2 -> {
                boolean ordered = Arrays.compareUnsigned(key, other) <= 0;
                byte[] from = ordered ? key : other;
                byte[] to = ordered ? other : key;
                model.subMap(from, to).clear();
                yield new Change.DeleteRange(Family.ENTRIES, from, to);
            }
            default -> {
                byte[] value = new byte[random.nextInt(30)];
                random.nextBytes(value);
                model.put(key, value);
                yield new Change.Put(Family.ENTRIES, key, value);
            }
        };
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(5) * 63);
        }
        return key;
    }

    private List<String> all() {
        try (Disk.View view = disk.view()) {
            return all(view);
        }
    }

    private static List<String> all(Disk.View view) {
        try (Disk.Cursor cursor = view.from(Family.ENTRIES, new byte[0])) {
            return rest(cursor);
        }
    }

    private static List<String> rest(Disk.Cursor cursor) {
        List<String> lines = new ArrayList<>();
        for (; cursor.valid(); cursor.next()) {
            lines.add(line(cursor.key(), cursor.value()));
        }
        return lines;
    }

    private static String line(byte[] key, byte[] value) {
        return printable(key) + "=" + printable(value);
    }

    private static String printable(byte[] bytes) {
        for (byte b : bytes) {
            if (b < '0' || b > 'z') {
                return HexFormat.of().formatHex(bytes);
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String text(Disk.View view, String key) {
        return view.get(Family.ENTRIES, bytes(key))
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("-");
    }

    private static Change put(String key, String value) {
        return new Change.Put(Family.ENTRIES, bytes(key), bytes(value));
    }

    private static Change clear(String from, String to) {
        return new Change.DeleteRange(Family.ENTRIES, bytes(from), bytes(to));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
