// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A request as policies see it.
///
/// @param path with a '/' at its end if it lists
/// @param anyOf the capabilities of which one must be there
/// @param sudo whether the path asks for {@link Capability#SUDO} too
/// @param wrap how long the answer is to be wrapped for
/// @param parameters by name as the request wrote them; empty as long as they are not known, or if rules on
///     parameters do not apply
public record Ask(
        Operation operation,
        RequestPath path,
        Capabilities anyOf,
        boolean sudo,
        Optional<Duration> wrap,
        Optional<Map<String, Json>> parameters) {
    private static final Capabilities READ = Capabilities.of(Capability.READ);
    private static final Capabilities LIST = Capabilities.of(Capability.LIST);
    private static final Capabilities SCAN = Capabilities.of(Capability.SCAN);
    private static final Capabilities CREATE = Capabilities.of(Capability.CREATE);
    private static final Capabilities UPDATE = Capabilities.of(Capability.UPDATE);
    private static final Capabilities WRITE = Capabilities.of(Capability.CREATE, Capability.UPDATE);
    private static final Capabilities PATCH = Capabilities.of(Capability.PATCH);
    private static final Capabilities DELETE = Capabilities.of(Capability.DELETE);

    /// What is known before the parameters are.
    ///
    /// @param creates whether the target tells if a write creates or updates: as long as that is not known, one of
    ///     both capabilities is enough
    public static Ask of(
            Operation operation, RequestPath path, boolean creates, boolean sudo, Optional<Duration> wrap) {
        Capabilities anyOf =
                switch (operation) {
                    case READ -> READ;
                    case LIST -> LIST;
                    case SCAN -> SCAN;
                    case UPDATE -> creates ? WRITE : UPDATE;
                    case PATCH -> PATCH;
                    case DELETE -> DELETE;
                    case HELP -> Capabilities.NONE;
                };
        return new Ask(operation, path, anyOf, sudo, wrap, Optional.empty());
    }

    /// Now that it is known whether the target is there.
    public Ask onto(boolean exists) {
        return new Ask(operation, path, exists ? UPDATE : CREATE, sudo, wrap, parameters);
    }

    /// Now that the parameters are known. Lists and deletions have none that rules are for.
    public Ask with(Map<String, Json> given) {
        return switch (operation) {
            case READ, UPDATE, PATCH -> new Ask(operation, path, anyOf, sudo, wrap, Optional.of(given));
            case LIST, SCAN, DELETE, HELP -> this;
        };
    }

    boolean lists() {
        return operation == Operation.LIST || operation == Operation.SCAN;
    }
}
