// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.RandomIds;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// `role/NAME/secret-id*`: makes the secret ids of a role, tells of them and ends them.
final class SecretIdRoutes {
    /// How many one request clears away; the rest is a job's.
    private static final int TIDIED = 500;

    private static final Field SECRET = Field.secret("secret_id", "The secret id.");
    private static final Field ACCESSOR = Field.text("secret_id_accessor", "The accessor of the secret id.");
    private static final String ROLE = "role/:role_name/";

    private SecretIdRoutes() {}

    static List<Route> routes() {
        return Stream.concat(making(), Stream.concat(bySecret(), byAccessor())).toList();
    }

    private static Stream<Route> making() {
        return Stream.of(
                Route.reads(ROLE + "secret-id", Operation.LIST, "List the accessors of a role.", SecretIdRoutes::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.writes(ROLE + "secret-id", Operation.UPDATE, "Make a secret id.", (call, writer) -> {
                            byte[] drawn = RandomIds.uuid(call.random()).getBytes(StandardCharsets.US_ASCII);
                            try (Secret text = Secret.takeFrom(drawn)) {
                                return make(call, writer, text);
                            }
                        })
                        .with(NewSecretId.FIELDS),
                Route.writes(
                                ROLE + "custom-secret-id",
                                Operation.UPDATE,
                                "Make a secret id of one's own.",
                                (call, writer) -> given(call)
                                        .map(text -> make(call, writer, text))
                                        .orElse(missing(SECRET)))
                        .with(Stream.concat(Stream.of(SECRET), Stream.of(NewSecretId.FIELDS))
                                .toArray(Field[]::new)),
                Route.writes(
                        "tidy/secret-id", Operation.UPDATE, "Clear secret ids away that are over.", (call, writer) -> {
                            SecretIds.clear(writer, call.mount().folder(), call.now(), TIDIED);
                            return new Response.Accepted(List.of(
                                    "Tidy operation successfully started. Secret ids that are over let nobody in,"
                                            + " and a job clears them away."));
                        }));
    }

    private static Stream<Route> bySecret() {
        return Stream.of(
                Route.reads(
                                ROLE + "secret-id/lookup",
                                Operation.UPDATE,
                                "Tell of a secret id.",
                                (call, reader) -> inRole(call, reader, role -> given(call)
                                        .map(text -> find(call, reader, role, text)
                                                .<Response>map(found -> new Response.Ok(
                                                        found.id().describe()))
                                                .orElse(Response.NO_CONTENT))
                                        .orElse(missing(SECRET))))
                        .with(SECRET),
                ending(ROLE + "secret-id/destroy", Operation.UPDATE),
                ending(ROLE + "secret-id/destroy", Operation.DELETE));
    }

    private static Route ending(String pattern, Operation operation) {
        return Route.writes(
                        pattern,
                        operation,
                        "End a secret id.",
                        (call, writer) -> inRole(call, writer, role -> given(call)
                                .<Response>map(text -> {
                                    find(call, writer, role, text)
                                            .ifPresent(found -> ids(call, role).remove(writer, found));
                                    return Response.NO_CONTENT;
                                })
                                .orElse(missing(SECRET))))
                .with(SECRET);
    }

    private static Stream<Route> byAccessor() {
        return Stream.of(
                Route.reads(
                                ROLE + "secret-id-accessor/lookup",
                                Operation.UPDATE,
                                "Tell of the secret id with an accessor.",
                                (call, reader) -> inRole(call, reader, role -> ids(call, role)
                                        .withAccessor(reader, accessor(call), call.now())
                                        .<Response>map(found ->
                                                new Response.Ok(found.id().describe()))
                                        .orElseGet(() -> new Response.Gone(
                                                Json.object()
                                                        .put("error", unknown(call))
                                                        .build(),
                                                List.of()))))
                        .with(ACCESSOR),
                endingAccessed(Operation.UPDATE),
                endingAccessed(Operation.DELETE));
    }

    private static Route endingAccessed(Operation operation) {
        return Route.writes(
                        ROLE + "secret-id-accessor/destroy",
                        operation,
                        "End the secret id with an accessor.",
                        (call, writer) -> inRole(call, writer, role -> ids(call, role)
                                .withAccessor(writer, accessor(call), call.now())
                                .<Response>map(found -> {
                                    ids(call, role).remove(writer, found);
                                    return Response.NO_CONTENT;
                                })
                                .orElseGet(() -> new Response.Failed(Response.wrapped(unknown(call))))))
                .with(ACCESSOR);
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return inRole(
                call,
                reader,
                role -> Listing.answer(call, reader, ids(call, role).accessors()));
    }

    private static Response make(Call call, Writer<Plaintext> writer, Secret text) {
        Optional<Role> role = Role.find(writer, call);
        if (role.isEmpty()) {
            return new Response.NotFound(noRole(call));
        }
        return switch (new NewSecretId(role.get(), call, call.request().values()).check()) {
            case NewSecretId.Outcome.Bad(Response answer) -> answer;
            case NewSecretId.Outcome.Good(SecretId id) ->
                ids(call, role.get()).add(writer, text, id, call.random())
                        ? new Response.Ok(Json.object()
                                .put("secret_id", shown(text))
                                .put("secret_id_accessor", id.accessor())
                                .put("secret_id_num_uses", id.uses())
                                .put("secret_id_ttl", id.ttl().toSeconds())
                                .build())
                        : new Response.Invalid("secret_id is in use already; choose another");
        };
    }

    /// The one time that anybody learns it.
    private static String shown(Secret text) {
        return text.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Response inRole(Call call, Reader<Plaintext> reader, Function<Role, Response> work) {
        return Role.find(reader, call).map(work).orElseGet(() -> new Response.Invalid(noRole(call)));
    }

    private static Optional<SecretIds.Found> find(Call call, Reader<Plaintext> reader, Role role, Secret text) {
        Folder mount = call.mount().folder();
        return ids(call, role).find(reader, SecretIds.hash(reader, mount, text), call.now());
    }

    private static SecretIds ids(Call call, Role role) {
        return SecretIds.of(call.mount().folder(), role);
    }

    private static Optional<Secret> given(Call call) {
        return call.request().values().secret("secret_id");
    }

    private static String accessor(Call call) {
        return call.request().values().text("secret_id_accessor").orElse("");
    }

    private static Response missing(Field field) {
        return new Response.Invalid("missing " + field.name());
    }

    private static String unknown(Call call) {
        return "failed to find accessor entry for secret_id_accessor: \"" + accessor(call) + "\"";
    }

    private static String noRole(Call call) {
        return "role \"" + call.request().values().captured("role_name") + "\" does not exist";
    }
}
