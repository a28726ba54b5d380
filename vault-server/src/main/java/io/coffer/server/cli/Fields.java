// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import java.util.Optional;

/// What `-field` names in an answer: a row of its table.
public final class Fields {
    private Fields() {}

    public static Optional<Json> of(Json.Obj envelope, String name) {
        if (envelope.get("auth") instanceof Json.Obj auth) {
            Optional<Json> found = ofAuth(auth, name);
            if (found.isPresent()) {
                return found;
            }
        }
        if (envelope.get("wrap_info") instanceof Json.Obj wrap) {
            Optional<Json> found = ofWrapping(wrap, name);
            if (found.isPresent()) {
                return found;
            }
        }
        Json.Obj data = Scalars.object(envelope.get("data"));
        if (data.has(name)) {
            return Optional.of(data.get(name));
        }
        return switch (name) {
            case "data" -> Optional.of(data);
            case "lease_id" -> Optional.of(envelope.get("lease_id"));
            case "lease_duration", "refresh_interval" -> Optional.of(envelope.get("lease_duration"));
            case "lease_renewable" -> Optional.of(envelope.get("renewable"));
            default -> Optional.empty();
        };
    }

    private static Optional<Json> ofAuth(Json.Obj auth, String name) {
        String member =
                switch (name) {
                    case "token" -> "client_token";
                    case "token_accessor" -> "accessor";
                    case "token_duration" -> "lease_duration";
                    case "token_renewable" -> "renewable";
                    case "token_policies", "identity_policies", "policies" -> name;
                    default -> "";
                };
        if (name.startsWith("token_meta_")) {
            Json.Obj metadata = Scalars.object(auth.get("metadata"));
            String key = name.substring("token_meta_".length());
            return metadata.has(key) ? Optional.of(metadata.get(key)) : Optional.empty();
        }
        return member.isEmpty() ? Optional.empty() : Optional.of(auth.get(member));
    }

    private static Optional<Json> ofWrapping(Json.Obj wrap, String name) {
        String member =
                switch (name) {
                    case "wrapping_token" -> "token";
                    case "wrapping_accessor" -> "accessor";
                    case "wrapping_token_ttl" -> "ttl";
                    case "wrapping_token_creation_time" -> "creation_time";
                    case "wrapping_token_creation_path" -> "creation_path";
                    case "wrapped_accessor" -> name;
                    default -> "";
                };
        return wrap.has(member) ? Optional.of(wrap.get(member)) : Optional.empty();
    }
}
