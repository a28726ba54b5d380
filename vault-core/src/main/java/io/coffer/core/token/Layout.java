// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/// Where what is known of tokens lies in scope `tokens`. An id is the keyed hash of a token's text.
///
/// `id/ID`: the token. `accessor/ACCESSOR`: its id. `child/PARENT/ID`: a mark for each child. `due/MOMENT-ID`: a mark
/// for each token that ends, in the order of their ends. `mount/UUID`: a mark for each login mount that lets in.
/// `gone/PARENT`: what is dead and still has something to be cleared away. `ended`: paths whose tokens are dead.
final class Layout {
    static final Folder IDS = Folder.of(Scope.TOKENS).folder("id");
    static final Folder ACCESSORS = Folder.of(Scope.TOKENS).folder("accessor");
    static final Folder CHILDREN = Folder.of(Scope.TOKENS).folder("child");
    static final Folder DUE = Folder.of(Scope.TOKENS).folder("due");
    static final Folder MOUNTS = Folder.of(Scope.TOKENS).folder("mount");
    static final Folder GONE = Folder.of(Scope.TOKENS).folder("gone");
    static final StorageKey ENDED = new StorageKey(Scope.TOKENS, "ended");

    /// The value of a name that says all.
    private static final byte[] MARK = "{\"v\":1}".getBytes(StandardCharsets.US_ASCII);

    private static final int MOMENT = 15;
    private static final String MOUNT = "mount-";

    private Layout() {}

    static Plaintext mark() {
        return new Plaintext(MARK);
    }

    /// How a parent stands in names and records. An id is hex, so none begins as a mount's name does.
    static String name(Parent parent) {
        return switch (parent) {
            case Parent.Nothing none -> "";
            case Parent.OfToken token -> token.id();
            case Parent.OfMount mount -> MOUNT + mount.uuid();
        };
    }

    static Parent parent(String name) {
        if (name.isEmpty()) {
            return Parent.NONE;
        }
        return name.startsWith(MOUNT) ? new Parent.OfMount(name.substring(MOUNT.length())) : new Parent.OfToken(name);
    }

    static StorageKey child(Parent parent, String id) {
        return CHILDREN.folder(name(parent)).key(id);
    }

    static StorageKey due(Instant moment, String id) {
        return DUE.key(String.format(Locale.ROOT, "%0" + MOMENT + "d-%s", moment.toEpochMilli(), id));
    }

    /// An entry of the index of ends.
    record Due(Instant moment, String id) {
        static Due of(StorageKey key) {
            String name = DUE.relative(key);
            try {
                return new Due(
                        Instant.ofEpochMilli(Long.parseLong(name.substring(0, MOMENT))), name.substring(MOMENT + 1));
            } catch (NumberFormatException | StringIndexOutOfBoundsException bent) {
                throw new CorruptedException("the name " + key + " is no moment and id", bent);
            }
        }
    }

    static Plaintext accessor(String id) {
        return new Plaintext(("{\"v\":1,\"id\":\"" + id + "\"}").getBytes(StandardCharsets.US_ASCII));
    }

    static String accessedId(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, 1);
        String id = stored.text("id");
        stored.end();
        return id;
    }

    /// @param spares whether the children live on, as orphans
    static Plaintext gone(boolean spares) {
        return new Plaintext(("{\"v\":1,\"spares\":" + spares + "}").getBytes(StandardCharsets.US_ASCII));
    }

    static boolean spares(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, 1);
        boolean spares = stored.flag("spares");
        stored.end();
        return spares;
    }
}
