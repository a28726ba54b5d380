// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Ttl;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.LeaseEngine;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Version 1 with the option `leased_passthrough`: whoever reads a secret gets a lease of it. It can be
/// renewed if the secret says how long it lasts; taking it back takes nothing away.
final class LeasedEngine implements LeaseEngine {
    private static final String TTL = "ttl";

    private final List<Route> routes;

    LeasedEngine() {
        this.routes = new UnversionedEngine()
                .routes().stream()
                        .map(route -> route.operation() == Operation.READ
                                ? Route.reads(route.pattern().text(), Operation.READ, route.help(), LeasedEngine::read)
                                : route)
                        .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return UnversionedEngine.found(call, reader, record -> {
            OptionalLong own = record.lease();
            Duration ttl = Duration.ofSeconds(own.orElse(0));
            return new Response.Granted(
                    new Grant.Lease(
                            record.data(),
                            ttl,
                            Duration.ZERO,
                            own.isPresent(),
                            Map.of(TTL, Long.toString(ttl.toSeconds()))),
                    List.of());
        });
    }

    @Override
    public boolean needsDataToTakeBack() {
        return false;
    }

    @Override
    public Ttl.Terms renewal(Reader<Plaintext> reader, Map<String, String> facts) {
        return Ttl.Terms.NONE.withTtl(Duration.ofSeconds(Long.parseLong(facts.getOrDefault(TTL, "0"))));
    }

    @Override
    public String takeBack(Writer<Plaintext> writer, Map<String, String> facts) {
        return "";
    }
}
