// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.storage.Folder;
import io.coffer.core.storage.StorageKey;

/// Where a mount's records lie; see the package.
record Layout(Folder mount) {
    Folder unversioned() {
        return mount.folder("v1");
    }

    StorageKey unversioned(String path) {
        return unversioned().key(path);
    }

    StorageKey upgrade() {
        return mount.key("unversioned");
    }

    StorageKey config() {
        return mount.key("config");
    }

    Folder metadata() {
        return mount.folder("meta");
    }

    StorageKey metadata(String path) {
        return metadata().key(path);
    }

    StorageKey version(String path, long number) {
        return mount.folder("data").key(path + "/" + number);
    }
}
