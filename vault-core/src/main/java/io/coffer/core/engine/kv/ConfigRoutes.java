// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;

/// What can be set for a whole mount: `config`.
final class ConfigRoutes {
    private static final Field DELETE_VERSION_AFTER = Field.signedDuration(
            "delete_version_after", "How long a version lives; 0 for ever, negative for ever whatever a secret says.");

    private ConfigRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.reads("config", Operation.READ, "Reads the settings of the mount.", ConfigRoutes::read),
                Route.writes("config", Operation.UPDATE, "Changes settings of the mount.", ConfigRoutes::write)
                        .with(
                                Settings.MAX_VERSIONS,
                                Settings.CAS_REQUIRED,
                                Settings.METADATA_CAS_REQUIRED,
                                DELETE_VERSION_AFTER));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        SecretStore store = Gate.store(call, reader);
        return store.upgrading() ? Gate.UPGRADING : new Response.Ok(Answers.settings(store.settings()));
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        SecretChanges changes = Gate.changes(call, writer);
        if (changes.store().upgrading()) {
            return Gate.UPGRADING;
        }
        Values values = call.request().values();
        Optional<String> refusal = Settings.refusal(values);
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        if (Settings.given(values)) {
            changes.save(changes.mount().with(values));
        }
        return Response.NO_CONTENT;
    }
}
