// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.done;
import static io.coffer.core.storage.Entries.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScopedStorageTest {
    private final Committer all = new Committer(new MemoryDisk(), Runnable::run, Observer.none(), Time.system());
    private final Folder mine = ROOT.folder("mine");
    private final Storage<Ciphertext> scoped = new ScopedStorage<>(all, mine);

    private void write(Storage<Ciphertext> storage, Consumer<Writer<Ciphertext>> work) {
        done(storage.write(w -> {
            work.accept(w);
            return 0;
        }));
    }

    @Test
    void whatLiesInsideIsReadAndWritten() {
        write(scoped, w -> {
            w.put(mine.key("a/b"), value("1"));
            w.put(mine.key("c"), value("2"));
            w.delete(mine.key("c"));
        });
        assertThat(scoped.<Boolean>read(r -> r.get(mine.key("a/b")).isPresent()))
                .isTrue();
        assertThat(scoped.<List<String>>read(r -> r.list(mine, "", 9).items())).containsExactly("a/");
        assertThat(scoped.<List<StorageKey>>read(
                        r -> r.scan(mine.folder("a"), "", 9).items()))
                .containsExactly(mine.key("a/b"));
        assertThat(scoped.<Boolean>read(r -> r.unchanged(mine.key("a/b"), r.version())))
                .isTrue();
        assertThat(scoped.<Long>read(Reader::version)).isEqualTo(all.<Long>read(Reader::version));
    }

    @Test
    void nothingOutsideCanBeNamed() {
        StorageKey sibling = ROOT.key("mine-too");
        StorageKey itself = ROOT.key("mine");
        StorageKey foreign = new StorageKey(Scope.SYSTEM, "mine/a");
        for (StorageKey key : List.of(sibling, itself, foreign)) {
            refused(w -> w.get(key));
            refused(w -> w.put(key, value("1")));
            refused(w -> w.delete(key));
            refused(w -> w.unchanged(key, 1));
        }
        for (Folder folder :
                List.of(ROOT, ROOT.folder("mine-too"), Folder.of(Scope.SYSTEM).folder("mine"))) {
            refused(w -> w.list(folder, "", 1));
            refused(w -> w.scan(folder, "", 1));
            refused(w -> w.clear(folder));
            refused(w -> w.unchanged(folder, 1));
        }
    }

    private void refused(Consumer<Writer<Ciphertext>> work) {
        assertThatThrownBy(() -> write(scoped, work)).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAWholeScopeIsClearedByItsOwner() {
        refused(w -> w.clear(mine));
        write(all, w -> w.put(ROOT.key("a"), value("1")));
        write(new ScopedStorage<>(all, ROOT), w -> w.clear(ROOT));
        assertThat(all.<List<StorageKey>>read(r -> r.scan(ROOT, "", 9).items())).isEmpty();
    }
}
