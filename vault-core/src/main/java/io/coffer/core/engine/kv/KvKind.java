// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Mounts of type `kv`: the option `version` says whether values are versioned.
public final class KvKind implements Engine.Kind {
    private static final Engine UNVERSIONED = new UnversionedEngine();
    private static final Engine VERSIONED = new VersionedEngine();
    private static final String NO_LEASES = "the option leased_passthrough needs leases, which this version of Coffer"
            + " does not have; remove it with sys/mounts/<path>/tune";

    @Override
    public Engine at(MountConfig mount) {
        if (versioned(mount.options())) {
            return VERSIONED;
        }
        return leased(mount.options()) ? KvKind::refusals : UNVERSIONED;
    }

    @Override
    public Optional<String> refusal(Optional<Map<String, String>> before, Map<String, String> after) {
        String version = after.getOrDefault("version", "");
        if (!List.of("", "1", "2").contains(version)) {
            return Optional.of("options.version must be \"1\" or \"2\"");
        }
        if (before.isPresent() && versioned(before.get()) && !versioned(after)) {
            return Optional.of("cannot downgrade mount from version 2: options.version must stay \"2\"");
        }
        return leased(after) && !versioned(after) ? Optional.of(NO_LEASES) : Optional.empty();
    }

    /// Whether a mount with these options keeps versions.
    public static boolean versioned(Map<String, String> options) {
        return "2".equals(options.get("version"));
    }

    private static boolean leased(Map<String, String> options) {
        return List.of("true", "1").contains(options.getOrDefault("leased_passthrough", ""));
    }

    private static List<Route> refusals() {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation != Operation.HELP && operation != Operation.PATCH)
                .map(operation -> Route.reads(
                                ":path*",
                                operation,
                                "Refused until there are leases.",
                                (call, reader) -> new Response.Invalid(NO_LEASES))
                        .withOpenFields())
                .toList();
    }
}
