// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.MountConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Mounts of type `kv`: the option `version` says whether values are versioned.
public final class KvKind implements Engine.Kind {
    private static final Engine UNVERSIONED = new UnversionedEngine();
    private static final Engine VERSIONED = new VersionedEngine();
    private static final Engine LEASED = new LeasedEngine();

    @Override
    public Engine at(MountConfig mount) {
        if (versioned(mount.options())) {
            return VERSIONED;
        }
        return leased(mount.options()) ? LEASED : UNVERSIONED;
    }

    @Override
    public Optional<String> refusal(Optional<Map<String, String>> before, Map<String, String> after) {
        String version = after.getOrDefault("version", "");
        if (!List.of("", "1", "2").contains(version)) {
            return Optional.of("options.version must be \"1\" or \"2\"");
        }
        if (before.isPresent() && versioned(before.get()) && !versioned(after)) {
            return Optional.of("cannot downgrade mount from version 2");
        }
        return Optional.empty();
    }

    /// Whether a mount with these options keeps versions.
    public static boolean versioned(Map<String, String> options) {
        return "2".equals(options.get("version"));
    }

    private static boolean leased(Map<String, String> options) {
        return List.of("true", "1").contains(options.getOrDefault("leased_passthrough", ""));
    }
}
