// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.crypto.Digest;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StorageLimits;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The failures of whoever tries to come in under a name: so many lock the name out for a while. A name counts
/// whether anybody has it or not, so a lockout tells nobody who is there. The caller gives it in its one form.
///
/// However many names are tried, what is kept is bounded: {@link #SLOTS} slots of {@link #EACH} names. Which slot a
/// name falls into depends on a key of the mount, so nobody can choose names that push a certain other one out.
public final class Failures {
    static final int SLOTS = 4_096;
    static final int EACH = 16;

    /// Longer names stand there by their hash.
    private static final int LONGEST = 64;

    private static final int KEY_BYTES = 32;
    private static final int FORM = 1;

    private final MountConfig mount;
    private final Instant now;

    private Failures(MountConfig mount, Instant now) {
        this.mount = mount;
        this.now = now;
    }

    public static Failures of(Call call) {
        return new Failures(call.mount(), call.now());
    }

    /// Those of a mount, for whoever looks after it.
    public static Failures of(MountConfig mount, Instant now) {
        return new Failures(mount, now);
    }

    /// @param until the moment from which it is not locked out any more; that of the last failure if it never was
    record Entry(String name, long count, Instant last, Instant until) {}

    /// Whether a name is locked out.
    public boolean isLocked(Reader<Plaintext> reader, String name) {
        return !disabled()
                && slot(reader, name).stream()
                        .flatMap(slot -> read(reader, slot).stream())
                        .anyMatch(entry -> entry.name().equals(shown(name)) && isLocked(entry));
    }

    /// Counts one more.
    public void count(Writer<Plaintext> writer, Call call, String name) {
        if (disabled()) {
            return;
        }
        StorageKey slot = slot(writer, name).orElseGet(() -> firstSlot(writer, call, name));
        List<Entry> entries = new ArrayList<>(read(writer, slot));
        long before = take(entries, shown(name))
                .filter(entry -> !isOver(entry))
                .map(Entry::count)
                .orElse(0L);
        entries.removeIf(this::isOver);
        if (entries.size() >= EACH) {
            Comparator<Entry> lockedLast = Comparator.comparing(this::isLocked);
            entries.remove(
                    entries.stream().min(lockedLast.thenComparing(Entry::last)).orElseThrow());
        }
        LoginSettings.Lockout lockout = mount.login().lockout();
        boolean full = before + 1 >= lockout.threshold();
        entries.add(new Entry(shown(name), before + 1, now, full ? now.plus(lockout.duration()) : now));
        writer.put(slot, write(entries));
    }

    /// Forgets the failures of a name: somebody came in under it.
    public void forget(Writer<Plaintext> writer, String name) {
        slot(writer, name).ifPresent(slot -> {
            List<Entry> entries = new ArrayList<>(read(writer, slot));
            if (take(entries, shown(name)).isPresent()) {
                writer.put(slot, write(entries));
            }
        });
    }

    /// The names that are locked out now, sorted.
    public List<String> locked(Reader<Plaintext> reader) {
        List<String> names = new ArrayList<>();
        String after = "";
        Page<StorageKey> page;
        do {
            page = reader.scan(folder(), after, StorageLimits.DEFAULT.page());
            for (StorageKey key : page.items()) {
                read(reader, key).stream()
                        .filter(this::isLocked)
                        .map(Entry::name)
                        .forEach(names::add);
                after = folder().relative(key);
            }
        } while (page.more());
        return names.stream().sorted().toList();
    }

    private boolean disabled() {
        return mount.login().lockout().disabled();
    }

    private boolean isLocked(Entry entry) {
        return now.isBefore(entry.until());
    }

    /// Whether it counts no more: whoever was locked out begins anew, and so does who did not fail for a while.
    private boolean isOver(Entry entry) {
        boolean wasLocked = entry.until().isAfter(entry.last());
        Duration reset = mount.login().lockout().reset();
        return !isLocked(entry) && (wasLocked || !now.isBefore(entry.last().plus(reset)));
    }

    private static Optional<Entry> take(List<Entry> entries, String name) {
        Optional<Entry> found =
                entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
        found.ifPresent(entries::remove);
        return found;
    }

    private static String shown(String name) {
        return name.length() <= LONGEST
                ? name
                : "sha256-" + HexFormat.of().formatHex(Digest.SHA2_256.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    private Folder folder() {
        return mount.folder().folder("failures");
    }

    private StorageKey keyRecord() {
        return mount.folder().key("failures-key");
    }

    /// Empty as long as nobody has failed.
    private Optional<StorageKey> slot(Reader<Plaintext> reader, String name) {
        return reader.get(keyRecord()).map(key -> slot(key.bytes(), name));
    }

    private StorageKey firstSlot(Writer<Plaintext> writer, Call call, String name) {
        byte[] key = new byte[KEY_BYTES];
        call.random().nextBytes(key);
        writer.put(keyRecord(), new Plaintext(key));
        return slot(key, name);
    }

    private StorageKey slot(byte[] key, String name) {
        byte[] code = Hmac.once(key, name.getBytes(StandardCharsets.UTF_8));
        int number = ((code[0] & 0xff) << 8 | code[1] & 0xff) % SLOTS;
        return folder().key(String.format(Locale.ROOT, "%04d", number));
    }

    static Plaintext write(List<Entry> entries) {
        List<Json> all = new ArrayList<>();
        entries.forEach(entry -> all.add(Json.object()
                .put("name", entry.name())
                .put("count", Long.toString(entry.count()))
                .put("last", Long.toString(entry.last().toEpochMilli()))
                .put("until", Long.toString(entry.until().toEpochMilli()))
                .build()));
        return new Plaintext(JsonText.write(
                Json.object().put("v", FORM).put("entries", new Json.Arr(all)).build()));
    }

    private static List<Entry> read(Reader<Plaintext> reader, StorageKey slot) {
        return reader.get(slot).map(value -> read(slot, value)).orElse(List.of());
    }

    static List<Entry> read(StorageKey slot, Plaintext value) {
        StoredRecord stored = StoredRecord.open(slot, value, FORM);
        List<Entry> entries = stored.textMaps("entries").stream()
                .map(entry -> new Entry(
                        entry.getOrDefault("name", ""),
                        Long.parseLong(entry.getOrDefault("count", "0")),
                        moment(entry, "last"),
                        moment(entry, "until")))
                .toList();
        stored.end();
        return entries;
    }

    private static Instant moment(Map<String, String> entry, String name) {
        return Instant.ofEpochMilli(Long.parseLong(entry.getOrDefault(name, "0")));
    }
}
