// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Durations;
import io.coffer.core.request.Json;
import java.time.Duration;

/// How version 2 shows what it knows.
final class Answers {
    private Answers() {}

    /// What is known of one version.
    static Json.Obj version(KeyMetadata metadata, long number, VersionState state) {
        return Json.object()
                .put("created_time", state.created())
                .put("custom_metadata", custom(metadata))
                .put("deletion_time", state.deletion())
                .put("destroyed", state.destroyed())
                .put("version", number)
                .build();
    }

    /// What is known of a secret.
    static Json.Obj metadata(KeyMetadata metadata) {
        Json.Builder versions = Json.object();
        for (long number = metadata.first(); number <= metadata.current(); number++) {
            VersionState state = metadata.version(number).orElseThrow();
            versions.put(
                    Long.toString(number),
                    Json.object()
                            .put("created_time", state.created())
                            .put("deletion_time", state.deletion())
                            .put("destroyed", state.destroyed())
                            .build());
        }
        return Json.object()
                .put("cas_required", metadata.settings().casRequired())
                .put("created_time", metadata.created())
                .put("current_metadata_version", metadata.changes())
                .put("current_version", metadata.current())
                .put("custom_metadata", custom(metadata))
                .put("delete_version_after", seconds(metadata.settings().deleteVersionAfter()))
                .put("max_versions", metadata.settings().maxVersions())
                .put("metadata_cas_required", metadata.settings().metadataCasRequired())
                .put("oldest_version", metadata.oldest())
                .put("updated_time", metadata.updated())
                .put("versions", versions.build())
                .build();
    }

    /// The settings of a mount.
    static Json.Obj settings(Settings settings) {
        return Json.object()
                .put("cas_required", settings.casRequired())
                .put("delete_version_after", seconds(settings.deleteVersionAfter()))
                .put("max_versions", settings.maxVersions())
                .put("metadata_cas_required", settings.metadataCasRequired())
                .build();
    }

    private static Json custom(KeyMetadata metadata) {
        return metadata.custom().isEmpty() ? Json.NULL : metadata.texts();
    }

    private static String seconds(long seconds) {
        return Durations.format(Duration.ofSeconds(seconds));
    }
}
