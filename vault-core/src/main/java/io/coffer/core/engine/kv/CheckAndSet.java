// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Coercion;
import io.coffer.core.request.Json;
import io.coffer.core.request.Values;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a write may happen, by the version that its client believes to be the newest.
final class CheckAndSet {
    private CheckAndSet() {}

    /// Why a write of a value must not happen; empty if it may.
    static Optional<String> refusal(Values values, Settings mount, KeyMetadata metadata) {
        Json said = values.object("options").orElse(Json.EMPTY).get("cas");
        if (said instanceof Json.Null) {
            return mount.casRequired() || metadata.settings().casRequired()
                    ? Optional.of("check-and-set parameter required for this call")
                    : Optional.empty();
        }
        Optional<Long> version =
                said instanceof Json.Str(var text) && text.isEmpty() ? Optional.empty() : Coercion.wholeNumber(said);
        if (version.isEmpty()) {
            return Optional.of("error parsing check-and-set parameter");
        }
        return version.get() == metadata.current()
                ? Optional.empty()
                : Optional.of("check-and-set parameter did not match the current version");
    }

    /// Why a write of metadata must not happen; empty if it may.
    static Optional<String> metadataRefusal(Values values, Settings mount, KeyMetadata metadata) {
        OptionalLong said = values.number("metadata_cas");
        if (said.isEmpty()) {
            return mount.metadataCasRequired() || metadata.settings().metadataCasRequired()
                    ? Optional.of("metadata check-and-set parameter required for this call")
                    : Optional.empty();
        }
        return said.getAsLong() == metadata.changes()
                ? Optional.empty()
                : Optional.of("metadata check-and-set parameter does not match the current version");
    }
}
