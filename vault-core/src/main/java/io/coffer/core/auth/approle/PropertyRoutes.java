// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `role/NAME/PROPERTY`: one property of a role, read, set and set back.
final class PropertyRoutes {
    /// @param shown the name under which it is read back
    /// @param names what a request may call it
    /// @param reset what it is when nobody has set it
    private record Property(String path, String shown, List<String> names, Json reset) {
        Property(String path, String name, Json reset) {
            this(path, name, List.of(name), reset);
        }

        Field[] fields() {
            return Arrays.stream(RoleChange.FIELDS)
                    .filter(field -> names.contains(field.name()))
                    .toArray(Field[]::new);
        }

        /// An older name is shown whether it was used or not, since its path is asked for.
        Json of(Role role) {
            Json.Obj all = RoleChange.describe(role);
            return all.get(shown.equals("bound_cidr_list") ? "secret_id_bound_cidrs" : shown);
        }
    }

    private static final Json NONE = Json.of(List.of());
    private static final Json ZERO = Json.of(0);
    private static final List<Property> ALL = List.of(
            new Property("policies", "token_policies", List.of("token_policies", "policies"), NONE),
            new Property("bind-secret-id", "bind_secret_id", new Json.Bool(true)),
            new Property("secret-id-num-uses", "secret_id_num_uses", ZERO),
            new Property("secret-id-ttl", "secret_id_ttl", ZERO),
            new Property("period", "token_period", List.of("token_period", "period"), ZERO),
            new Property("token-num-uses", "token_num_uses", ZERO),
            new Property("token-ttl", "token_ttl", ZERO),
            new Property("token-max-ttl", "token_max_ttl", ZERO),
            new Property("bound-cidr-list", "bound_cidr_list", NONE),
            new Property("secret-id-bound-cidrs", "secret_id_bound_cidrs", NONE),
            new Property("token-bound-cidrs", "token_bound_cidrs", NONE));

    private PropertyRoutes() {}

    static List<Route> routes() {
        return ALL.stream().flatMap(PropertyRoutes::routes).toList();
    }

    private static Stream<Route> routes(Property property) {
        String pattern = "role/:role_name/" + property.path();
        return Stream.of(
                Route.reads(
                        pattern,
                        Operation.READ,
                        "Return one property of a role.",
                        (call, reader) -> Response.found(Role.find(reader, call).map(role -> Json.object()
                                .put(property.shown(), property.of(role))
                                .build()))),
                Route.writes(
                                pattern,
                                Operation.UPDATE,
                                "Set one property of a role.",
                                (call, writer) -> set(
                                        call,
                                        writer,
                                        RoleChange.only(call.request().values(), property.names())))
                        .with(property.fields()),
                Route.writes(pattern, Operation.DELETE, "Set one property of a role back.", (call, writer) -> Role.find(
                                writer, call)
                        .map(role -> change(
                                call, writer, role, new Values(Map.of(property.shown(), property.reset()), Map.of())))
                        .orElse(Response.NO_CONTENT)));
    }

    private static Response set(Call call, Writer<Plaintext> writer, Values values) {
        return Role.find(writer, call)
                .map(role -> change(call, writer, role, values))
                .orElseGet(() -> new Response.NotFound(Response.wrapped("role not found")));
    }

    private static Response change(Call call, Writer<Plaintext> writer, Role role, Values values) {
        return RoleChange.run(call, writer, role.name(), Optional.of(role), values);
    }
}
