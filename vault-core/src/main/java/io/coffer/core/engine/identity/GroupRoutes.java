// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.identity.Group;
import io.coffer.core.identity.Identities;
import io.coffer.core.identity.IdentityChanges;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Optional;

/// `identity/group`.
final class GroupRoutes {
    private static final Field TYPE = Field.text("type", "internal, or external: a login method says who is in it.");
    private static final Field ENTITIES = Field.texts("member_entity_ids", "Ids of all its entities.");
    private static final Field GROUPS = Field.texts("member_group_ids", "Ids of all groups in it.");

    private final Answers answers;

    GroupRoutes(Answers answers) {
        this.answers = answers;
    }

    List<Route> routes() {
        return List.of(
                Route.governs("group", Operation.UPDATE, "Make or change a group.", this::register)
                        .with(Fields.ID, Fields.NAME, TYPE, Fields.METADATA, Fields.POLICIES, ENTITIES, GROUPS),
                Route.surveys("group/id", Operation.LIST, "List groups by id.", this::listIds)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                                "group/name",
                                Operation.LIST,
                                "List groups by name.",
                                (call, reader) -> Answers.list(call, new Identities(reader)::groupNames))
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                        "group/id/:id",
                        Operation.READ,
                        "Read a group.",
                        (call, reader) -> read(reader, byId(call, reader))),
                Route.governs("group/id/:id", Operation.UPDATE, "Change a group.", this::register)
                        .with(Fields.NAME, TYPE, Fields.METADATA, Fields.POLICIES, ENTITIES, GROUPS),
                Route.governs(
                        "group/id/:id",
                        Operation.DELETE,
                        "Remove a group.",
                        (call, writer) -> delete(call, writer, byId(call, writer))),
                Route.surveys(
                        "group/name/:name",
                        Operation.READ,
                        "Read a group.",
                        (call, reader) -> read(reader, byName(call, reader))),
                Route.governs("group/name/:name", Operation.UPDATE, "Make or change a group.", this::register)
                        .with(TYPE, Fields.METADATA, Fields.POLICIES, ENTITIES, GROUPS),
                Route.governs(
                        "group/name/:name",
                        Operation.DELETE,
                        "Remove a group.",
                        (call, writer) -> delete(call, writer, byName(call, writer))));
    }

    private Response listIds(Call call, BarrierReader reader) {
        Identities known = new Identities(reader);
        return Answers.list(call, known::groupIds, id -> known.group(id).map(group -> Json.object()
                .put("name", group.name().text())
                .put("num_member_entities", group.entities().size())
                .put("num_parent_groups", group.parents().size())
                .build()));
    }

    private Response read(BarrierReader reader, Optional<Group> group) {
        return Response.found(group.map(found -> answers.group(reader, found)));
    }

    private static Response delete(Call call, BarrierWriter writer, Optional<Group> group) {
        group.ifPresent(found -> new IdentityChanges(writer, call.random(), call.now()).delete(found));
        return Response.NO_CONTENT;
    }

    private Response register(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        IdentityChanges changes = new IdentityChanges(writer, call.random(), call.now());
        Identities known = changes.known();
        Optional<String> id = Fields.id(values, "id");
        Optional<IdentityName> name = Fields.name(values);
        Optional<Group> before = id.isPresent() ? known.group(id.get()) : name.flatMap(known::group);
        Optional<String> refusal = id.isPresent() && before.isEmpty()
                ? Optional.of("group not found from id")
                : Fields.refusal(values).or(() -> typeRefusal(values, before));
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        if (name.flatMap(known::group)
                .filter(other ->
                        before.isEmpty() || !other.id().equals(before.get().id()))
                .isPresent()) {
            return new Response.Invalid("group name is already in use");
        }
        Group group = before.orElseGet(() -> Group.fresh(
                changes.newId(),
                name.orElseGet(() -> changes.newName("group")),
                values.text("type").orElse("").equals("external"),
                changes.now()));
        return save(values, changes, name.map(group::named).orElse(group), before.isEmpty());
    }

    private static Response save(Values values, IdentityChanges changes, Group group, boolean fresh) {
        List<String> people =
                values.strings("member_entity_ids").map(GroupRoutes::once).orElse(group.entities());
        List<String> parts =
                values.strings("member_group_ids").map(GroupRoutes::once).orElse(group.groups());
        Optional<String> refusal = MemberCheck.refusal(changes.known(), group, people, parts);
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        changes.save(group.of(people, parts)
                .with(
                        values.textMap("metadata").orElse(group.metadata()),
                        Fields.policies(values).orElse(group.policies()))
                .changed(changes.now()));
        return fresh
                ? new Response.Ok(Json.object()
                        .put("id", group.id())
                        .put("name", group.name().text())
                        .build())
                : Response.NO_CONTENT;
    }

    private static Optional<String> typeRefusal(Values values, Optional<Group> before) {
        String standing = before.map(Group::external).orElse(false) ? "external" : "internal";
        String type = values.text("type").filter(text -> !text.isEmpty()).orElse(standing);
        if (!type.equals("internal") && !type.equals("external")) {
            return Optional.of("type must be \"internal\" or \"external\"");
        }
        if (before.isPresent() && !type.equals(standing)) {
            return Optional.of("group type cannot be changed");
        }
        boolean members = values.has("member_entity_ids") || values.has("member_group_ids");
        return type.equals("external") && members
                ? Optional.of("members of an external group cannot be set: its login method says who they are")
                : Optional.empty();
    }

    private static List<String> once(List<String> ids) {
        return ids.stream().distinct().toList();
    }

    private static Optional<Group> byId(Call call, BarrierReader reader) {
        return new Identities(reader).group(call.request().values().captured("id"));
    }

    private static Optional<Group> byName(Call call, BarrierReader reader) {
        return IdentityName.segment(call.request().values().captured("name")).flatMap(new Identities(reader)::group);
    }

    /// What a group may have in it.
    private static final class MemberCheck {
        private MemberCheck() {}

        static Optional<String> refusal(Identities known, Group group, List<String> people, List<String> parts) {
            if (people.size() > Group.MOST_MEMBERS || parts.size() > Group.MOST_MEMBERS) {
                return Optional.of("a group has at most " + Group.MOST_MEMBERS + " members of each kind");
            }
            if (people.stream().anyMatch(id -> known.entity(id).isEmpty())) {
                return Optional.of("member_entity_ids holds an id that is no entity's");
            }
            if (parts.stream().anyMatch(id -> known.group(id).isEmpty())) {
                return Optional.of("member_group_ids holds an id that is no group's");
            }
            boolean circle = parts.contains(group.id())
                    || known.above(group).stream().anyMatch(above -> parts.contains(above.id()));
            return circle ? Optional.of("member_group_ids would make the group a member of itself") : Optional.empty();
        }
    }
}
