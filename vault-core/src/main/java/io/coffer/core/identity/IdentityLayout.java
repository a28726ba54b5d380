// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where each record lies.
final class IdentityLayout {
    private static final Folder ALL = Folder.of(Scope.IDENTITY);
    static final Folder ENTITIES = ALL.folder("entities");
    static final Folder ENTITY_NAMES = ALL.folder("entity-names");
    /// Where each entity went that became another.
    static final Folder MERGED = ALL.folder("merged");
    static final Folder GROUPS = ALL.folder("groups");
    static final Folder GROUP_NAMES = ALL.folder("group-names");
    static final AliasFolders ENTITY_ALIASES = new AliasFolders(ALL.folder("aliases"), ALL.folder("alias-names"));
    static final AliasFolders GROUP_ALIASES =
            new AliasFolders(ALL.folder("group-aliases"), ALL.folder("group-alias-names"));

    /// Written with every group that changes.
    static final StorageKey GROUPS_GUARD = new StorageKey(Scope.IDENTITY, "groups-guard");

    private IdentityLayout() {}

    /// Aliases of entities and those of groups lie apart: one name may be both.
    record AliasFolders(Folder records, Folder names) {
        StorageKey pointer(String accessor, IdentityName name) {
            return names.folder(accessor).key(hash(name));
        }
    }

    private static String hash(IdentityName name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(name.text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
