// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.identity.Entity;
import io.coffer.core.identity.EntityMerge;
import io.coffer.core.identity.Identities;
import io.coffer.core.identity.IdentityChanges;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `identity/entity`.
final class EntityRoutes {
    /// The most entities that one request removes: each takes its aliases and memberships with it.
    private static final int MOST_DELETED = 1_000;

    private static final Field DISABLED = Field.flag("disabled", "Whether its tokens are refused.");

    private final Answers answers;

    EntityRoutes(Answers answers) {
        this.answers = answers;
    }

    List<Route> routes() {
        return Stream.of(whole(), byId(), byName()).flatMap(List::stream).toList();
    }

    private List<Route> whole() {
        return List.of(
                Route.governs("entity", Operation.UPDATE, "Make or change an entity.", this::register)
                        .with(Fields.ID, Fields.NAME, Fields.METADATA, Fields.POLICIES, DISABLED),
                Route.governs("entity/merge", Operation.UPDATE, "Make several entities one.", this::merge)
                        .with(
                                Field.texts("from_entity_ids", "Ids of those that go."),
                                Field.text("to_entity_id", "The id of the one that stays."),
                                Field.flag("force", "Of two aliases in a mount, keep that of the one that stays."),
                                Field.texts("conflicting_alias_ids_to_keep", "Of two aliases in a mount, keep these.")),
                Route.governs("entity/batch-delete", Operation.UPDATE, "Remove entities.", this::deleteAll)
                        .with(Field.texts("entity_ids", "Their ids.")));
    }

    private List<Route> byId() {
        return List.of(
                Route.surveys("entity/id", Operation.LIST, "List entities by id.", this::listIds)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                        "entity/id/:id",
                        Operation.READ,
                        "Read an entity.",
                        (call, reader) -> read(reader, byId(call, reader))),
                Route.governs(
                                "entity/id/:id",
                                Operation.UPDATE,
                                "Change an entity.",
                                (call, writer) -> changeKnown(call, writer, byId(call, writer)))
                        .with(Fields.NAME, Fields.METADATA, Fields.POLICIES, DISABLED),
                Route.governs(
                        "entity/id/:id",
                        Operation.DELETE,
                        "Remove an entity.",
                        (call, writer) -> delete(call, writer, byId(call, writer))));
    }

    private List<Route> byName() {
        return List.of(
                Route.surveys(
                                "entity/name",
                                Operation.LIST,
                                "List entities by name.",
                                (call, reader) -> Answers.list(call, new Identities(reader)::entityNames))
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                        "entity/name/:name",
                        Operation.READ,
                        "Read an entity.",
                        (call, reader) -> read(reader, byName(call, reader))),
                Route.governs("entity/name/:name", Operation.UPDATE, "Make or change an entity.", this::register)
                        .with(Fields.METADATA, Fields.POLICIES, DISABLED),
                Route.governs(
                        "entity/name/:name",
                        Operation.DELETE,
                        "Remove an entity.",
                        (call, writer) -> delete(call, writer, byName(call, writer))));
    }

    private Response listIds(Call call, BarrierReader reader) {
        Identities known = new Identities(reader);
        return Answers.list(
                call, known::entityIds, id -> known.entity(id).map(entity -> answers.entityInfo(reader, entity)));
    }

    private Response read(BarrierReader reader, Optional<Entity> entity) {
        return Response.found(entity.map(found -> answers.entity(reader, found)));
    }

    private static Response delete(Call call, BarrierWriter writer, Optional<Entity> entity) {
        entity.ifPresent(found -> new IdentityChanges(writer, call.random(), call.now()).delete(found));
        return Response.NO_CONTENT;
    }

    private Response register(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        Optional<String> refusal = Fields.refusal(values);
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        IdentityChanges changes = new IdentityChanges(writer, call.random(), call.now());
        Optional<String> id = Fields.id(values, "id");
        Optional<IdentityName> name = Fields.name(values);
        Optional<Entity> known =
                id.isPresent() ? changes.known().entity(id.get()) : name.flatMap(changes.known()::entity);
        if (id.isPresent() && known.isEmpty()) {
            return new Response.Invalid("entity not found from id");
        }
        if (known.isPresent()) {
            return change(call, changes, known.get());
        }
        Entity fresh = Entity.fresh(changes.newId(), name.orElseGet(() -> changes.newName("entity")), changes.now());
        changes.save(with(values, fresh, changes.now()));
        return new Response.Ok(Json.object()
                .put("aliases", Json.NULL)
                .put("id", fresh.id())
                .put("name", fresh.name().text())
                .build());
    }

    private Response changeKnown(Call call, BarrierWriter writer, Optional<Entity> entity) {
        Optional<String> refusal = Fields.refusal(call.request().values());
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        return entity.isPresent()
                ? change(call, new IdentityChanges(writer, call.random(), call.now()), entity.get())
                : new Response.Invalid("entity not found from id");
    }

    private static Response change(Call call, IdentityChanges changes, Entity entity) {
        Values values = call.request().values();
        Optional<IdentityName> name = Fields.name(values);
        if (name.flatMap(changes.known()::entity)
                .filter(other -> !other.id().equals(entity.id()))
                .isPresent()) {
            return new Response.Invalid("entity name is already in use");
        }
        Entity named = name.map(other -> entity.named(other, changes.now())).orElse(entity);
        changes.save(with(values, named, changes.now()));
        return Response.NO_CONTENT;
    }

    private static Entity with(Values values, Entity entity, String now) {
        return entity.with(
                values.textMap("metadata").orElse(entity.metadata()),
                Fields.policies(values).orElse(entity.policies()),
                values.flag("disabled").orElse(entity.disabled()),
                now);
    }

    private Response merge(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        List<String> from = values.strings("from_entity_ids").orElse(List.of());
        Optional<String> to = Fields.id(values, "to_entity_id");
        if (from.isEmpty() || to.isEmpty() || from.size() > MOST_DELETED) {
            return new Response.Invalid("from_entity_ids (1 to " + MOST_DELETED + ") and to_entity_id are needed");
        }
        EntityMerge merge = new EntityMerge(
                to.get(),
                from,
                values.flag("force").orElse(false),
                Set.copyOf(values.strings("conflicting_alias_ids_to_keep").orElse(List.of())));
        return merge.run(new IdentityChanges(writer, call.random(), call.now()))
                .<Response>map(Response.Invalid::new)
                .orElse(Response.NO_CONTENT);
    }

    private Response deleteAll(Call call, BarrierWriter writer) {
        List<String> ids = call.request().values().strings("entity_ids").orElse(List.of());
        if (ids.isEmpty() || ids.size() > MOST_DELETED) {
            return new Response.Invalid("entity_ids holds 1 to " + MOST_DELETED + " ids");
        }
        IdentityChanges changes = new IdentityChanges(writer, call.random(), call.now());
        ids.forEach(id -> changes.known().entity(id).ifPresent(changes::delete));
        return Response.NO_CONTENT;
    }

    private static Optional<Entity> byId(Call call, BarrierReader reader) {
        return new Identities(reader).entity(call.request().values().captured("id"));
    }

    private static Optional<Entity> byName(Call call, BarrierReader reader) {
        return IdentityName.segment(call.request().values().captured("name")).flatMap(new Identities(reader)::entity);
    }
}
