// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.util.Map;

/// What an engine may know of the mount that a request came through.
///
/// @param uuid the scope of its data and keyring
/// @param path with a '/' at its end, as `secret/`
/// @param accessor as `kv_1f0e9d3c`
/// @param defaultTtl the effective one, never zero
/// @param maxTtl the effective one, never zero
/// @param login what only login mounts have
public record MountConfig(
        String uuid,
        String path,
        String type,
        String accessor,
        Map<String, String> options,
        Duration defaultTtl,
        Duration maxTtl,
        LoginSettings login) {

    public MountConfig {
        options = Map.copyOf(options);
        if (!path.endsWith("/")) {
            throw new IllegalArgumentException("a mount's path ends in '/'");
        }
    }

    /// Everything that the mount stores.
    public Folder folder() {
        return Folder.of(new Scope(uuid));
    }
}
