// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;

/// `config`: whose signatures count. What is to be fetched is fetched once, to see that it is there.
final class ConfigRoutes {
    private final Outbound outbound;

    ConfigRoutes(Outbound outbound) {
        this.outbound = outbound;
    }

    List<Route> routes() {
        return List.of(
                Route.reads("config", Operation.READ, "Return whose signatures count.", ConfigRoutes::read),
                Route.prepared("config", Operation.UPDATE, "Say whose signatures count.", this::write)
                        .with(JwtConfig.FIELDS));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return Response.found(JwtConfig.find(reader, call.mount().folder()).map(JwtConfig::describe));
    }

    private Handler.Preparation write(Call call, Reader<Plaintext> reader) {
        JwtConfig config = JwtConfig.of(call.request().values());
        String unsupported = JwtConfig.unsupported(call.request().values());
        String refusal = unsupported.isEmpty() ? config.refusal() : unsupported;
        if (!refusal.isEmpty()) {
            return Login.refused(refusal);
        }
        boolean blindly = call.request().values().flag("skip_jwks_validation").orElse(false);
        if (!config.fetches() || blindly) {
            return slow -> (again, writer) -> saved(again, writer, config, Optional.empty());
        }
        return slow -> switch (new KeySource(config, Optional.empty()).fetch(outbound, call.now(), slow)) {
            case KeySource.Fetched.Bad(String error) -> (again, writer) -> new Response.Invalid(error);
            case KeySource.Fetched.Good(KeySource.Kept kept) ->
                (again, writer) -> saved(again, writer, config, Optional.of(kept));
        };
    }

    private static Response saved(
            Call call, Writer<Plaintext> writer, JwtConfig config, Optional<KeySource.Kept> kept) {
        config.save(writer, call.mount().folder());
        KeySource.forget(writer, call.mount().folder());
        Provider.forget(writer, call.mount().folder());
        kept.ifPresent(set -> set.save(writer, call.mount().folder()));
        return Response.NO_CONTENT;
    }
}
