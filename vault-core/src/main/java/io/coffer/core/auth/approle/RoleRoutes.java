// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;

/// `role`: the roles and their ids.
final class RoleRoutes {
    private RoleRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.reads("role", Operation.LIST, "List the roles.", RoleRoutes::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads("role/:role_name", Operation.READ, "Return a role.", RoleRoutes::read),
                Route.writes("role/:role_name", Operation.UPDATE, "Make or change a role.", RoleRoutes::write)
                        .with(RoleChange.FIELDS)
                        .creates((call, reader) -> Role.find(reader, call).isPresent()),
                Route.writes(
                        "role/:role_name",
                        Operation.DELETE,
                        "Delete a role; its secret ids are good for nothing then.",
                        RoleRoutes::delete),
                Route.reads("role/:role_name/role-id", Operation.READ, "Return the id of a role.", RoleRoutes::readId),
                Route.writes(
                                "role/:role_name/role-id",
                                Operation.UPDATE,
                                "Give a role another id.",
                                RoleRoutes::writeId)
                        .with(Field.text("role_id", "What logins name it by.")),
                Route.reads(
                        "role/:role_name/local-secret-ids",
                        Operation.READ,
                        "Return whether the secret ids of a role are local.",
                        (call, reader) -> Response.found(Role.find(reader, call).map(role -> Json.object()
                                .put("local_secret_ids", role.local())
                                .build()))));
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return Listing.answer(call, reader, Role.folder(call.mount().folder()));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return Response.found(Role.find(reader, call).map(RoleChange::describe));
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return Role.named(
                call,
                name -> RoleChange.run(
                        call,
                        writer,
                        name,
                        Role.find(writer, call),
                        call.request().values()));
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return Role.named(call, name -> {
            Role.find(writer, call)
                    .ifPresent(role -> role.delete(writer, call.mount().folder()));
            return Response.NO_CONTENT;
        });
    }

    private static Response readId(Call call, Reader<Plaintext> reader) {
        return Response.found(Role.find(reader, call)
                .map(role -> Json.object().put("role_id", role.roleId()).build()));
    }

    private static Response writeId(Call call, Writer<Plaintext> writer) {
        Optional<Role> role = Role.find(writer, call);
        if (role.isEmpty()) {
            return new Response.NotFound(Response.wrapped("role not found"));
        }
        Values values = call.request().values();
        return values.text("role_id").filter(id -> !id.isEmpty()).isEmpty()
                ? new Response.Invalid("missing role_id")
                : RoleChange.run(call, writer, role.get().name(), role, RoleChange.only(values, List.of("role_id")));
    }
}
