// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.crypto.Hmac;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The secret ids of one role, found by their keyed hash or by their accessor.
final class SecretIds {
    private static final int KEY_BYTES = 32;
    private static final int MOMENT = 15;
    private static final Plaintext MARK = new Plaintext("{\"v\":1}".getBytes(StandardCharsets.US_ASCII));

    private final Folder mount;
    private final String uid;

    private SecretIds(Folder mount, String uid) {
        this.mount = mount;
        this.uid = uid;
    }

    static SecretIds of(Folder mount, Role role) {
        return new SecretIds(mount, role.uid());
    }

    /// One that is alive, and the name that it is stored under.
    record Found(String hash, SecretId id) {}

    /// The name of a secret id in the store. As much work for one that is not there.
    static String hash(Reader<Plaintext> reader, Folder mount, Secret text) {
        byte[] key = reader.get(keyRecord(mount)).map(Plaintext::bytes).orElseGet(() -> new byte[KEY_BYTES]);
        return text.use(bytes -> {
            byte[] stripped = stripped(bytes);
            try {
                return HexFormat.of().formatHex(Hmac.once(key, stripped));
            } finally {
                Arrays.fill(stripped, (byte) 0);
            }
        });
    }

    Optional<Found> find(Reader<Plaintext> reader, String hash, Instant now) {
        StorageKey key = secrets().key(hash);
        return reader.get(key)
                .map(value -> new Found(hash, SecretId.read(key, value)))
                .filter(found -> !found.id().isOver(now));
    }

    Optional<Found> withAccessor(Reader<Plaintext> reader, String accessor, Instant now) {
        return isName(accessor)
                ? reader.get(accessors().key(accessor))
                        .flatMap(hash -> find(reader, new String(hash.bytes(), StandardCharsets.US_ASCII), now))
                : Optional.empty();
    }

    /// Whose children are the accessors of all, and of those that are over and not cleared away yet.
    Folder accessors() {
        return mount.folder("accessor").folder(uid);
    }

    /// @return whether there is none of this text yet
    boolean add(Writer<Plaintext> writer, Secret text, SecretId id, SecureRandom random) {
        if (writer.get(keyRecord(mount)).isEmpty()) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            writer.put(keyRecord(mount), new Plaintext(key));
        }
        String hash = hash(writer, mount, text);
        if (writer.get(secrets().key(hash)).isPresent()) {
            return false;
        }
        writer.put(secrets().key(hash), id.record());
        writer.put(accessors().key(id.accessor()), new Plaintext(hash.getBytes(StandardCharsets.US_ASCII)));
        id.expires().ifPresent(end -> writer.put(due(end, hash), MARK));
        return true;
    }

    /// Takes one use; the last one ends it.
    void use(Writer<Plaintext> writer, Found found, Instant now) {
        if (found.id().uses() == 1) {
            remove(writer, found);
        } else if (found.id().uses() > 1) {
            writer.put(secrets().key(found.hash()), found.id().used(now).record());
        }
    }

    void remove(Writer<Plaintext> writer, Found found) {
        writer.delete(secrets().key(found.hash()));
        writer.delete(accessors().key(found.id().accessor()));
        found.id().expires().ifPresent(end -> writer.delete(due(end, found.hash())));
    }

    /// The role is deleted.
    static void abandon(Writer<Plaintext> writer, Folder mount, String uid) {
        writer.put(mount.folder("gone").key(uid), MARK);
    }

    /// Whether there is something to be cleared away.
    static boolean pending(Reader<Plaintext> reader, Folder mount, Instant now) {
        return !reader.list(mount.folder("gone"), "", 1).items().isEmpty()
                || !over(mount, reader.scan(mount.folder("due"), "", 1), now).isEmpty();
    }

    /// Clears away a bounded part of what is over or belongs to nobody any more.
    static void clear(Writer<Plaintext> writer, Folder mount, Instant now, int most) {
        for (StorageKey key : over(mount, writer.scan(mount.folder("due"), "", most), now)) {
            String[] parts = mount.folder("due").relative(key).split("/", -1);
            SecretIds ids = new SecretIds(mount, parts[1]);
            StorageKey secret = ids.secrets().key(parts[2]);
            writer.get(secret)
                    .map(value -> new Found(parts[2], SecretId.read(secret, value)))
                    .ifPresent(found -> ids.remove(writer, found));
            writer.delete(key);
        }
        List<String> gone = writer.list(mount.folder("gone"), "", 1).items();
        if (!gone.isEmpty()) {
            new SecretIds(mount, gone.getFirst()).clear(writer, most);
        }
    }

    private void clear(Writer<Plaintext> writer, int most) {
        Page<StorageKey> page = writer.scan(secrets(), "", most);
        for (StorageKey key : page.items()) {
            writer.get(key)
                    .map(value -> new Found(secrets().relative(key), SecretId.read(key, value)))
                    .ifPresent(found -> remove(writer, found));
        }
        if (!page.more()) {
            writer.delete(mount.folder("gone").key(uid));
        }
    }

    private static List<StorageKey> over(Folder mount, Page<StorageKey> due, Instant now) {
        String end = moment(now);
        return due.items().stream()
                .filter(key ->
                        mount.folder("due").relative(key).substring(0, MOMENT).compareTo(end) <= 0)
                .toList();
    }

    private Folder secrets() {
        return mount.folder("secret").folder(uid);
    }

    private StorageKey due(Instant end, String hash) {
        return mount.folder("due").folder(moment(end)).folder(uid).key(hash);
    }

    private static StorageKey keyRecord(Folder mount) {
        return mount.key("secret-id-key");
    }

    private static String moment(Instant moment) {
        return String.format(Locale.ROOT, "%0" + MOMENT + "d", moment.toEpochMilli());
    }

    private static boolean isName(String accessor) {
        return accessor.length() == 36 && accessor.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }

    /// Without blanks at the ends, which a shell's `$(cat file)` may leave.
    private static byte[] stripped(byte[] text) {
        int from = 0;
        int to = text.length;
        while (from < to && text[from] >= 0 && text[from] <= ' ') {
            from++;
        }
        while (to > from && text[to - 1] >= 0 && text[to - 1] <= ' ') {
            to--;
        }
        return Arrays.copyOfRange(text, from, to);
    }
}
