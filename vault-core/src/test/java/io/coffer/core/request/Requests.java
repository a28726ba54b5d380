// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests of tests with something about them that is not as usual.
public final class Requests {
    private Requests() {}

    public static Incoming from(Origin origin, Incoming plain) {
        return changed(plain, plain.query(), plain.wrap(), origin, plain.deadline());
    }

    /// With these parameters and no others.
    public static Incoming with(Map<String, String> parameters, Incoming plain) {
        Map<String, List<String>> query = new HashMap<>();
        parameters.forEach((name, value) -> query.put(name, List.of(value)));
        return changed(plain, query, plain.wrap(), plain.origin(), plain.deadline());
    }

    /// Whose answer is to lie wrapped for so long.
    public static Incoming wrapped(String ttl, Incoming plain) {
        return changed(plain, plain.query(), Optional.of(ttl), plain.origin(), plain.deadline());
    }

    public static Incoming until(Duration deadline, Incoming plain) {
        return changed(plain, plain.query(), plain.wrap(), plain.origin(), deadline);
    }

    private static Incoming changed(
            Incoming plain, Map<String, List<String>> query, Optional<String> wrap, Origin origin, Duration deadline) {
        return new Incoming(
                plain.id(),
                plain.operation(),
                plain.path(),
                query,
                plain.body(),
                plain.form(),
                plain.credential(),
                wrap,
                origin,
                deadline);
    }
}
