// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.identity.Alias;
import io.coffer.core.identity.Group;
import io.coffer.core.identity.Identities;
import io.coffer.core.identity.IdentityChanges;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Optional;

/// `identity/group-alias`: the name that a login method has for an external group.
final class GroupAliasRoutes {
    private static final Field NAME = Field.text("name", "The name that the login method has for the group.");
    private static final Field GROUP = Field.text("canonical_id", "The id of the external group.");

    private final Answers answers;

    GroupAliasRoutes(Answers answers) {
        this.answers = answers;
    }

    List<Route> routes() {
        return List.of(
                Route.governs("group-alias", Operation.UPDATE, "Make or change a group's alias.", this::write)
                        .with(Fields.ID, NAME, GROUP, Fields.ACCESSOR),
                Route.surveys("group-alias/id", Operation.LIST, "List groups' aliases by id.", this::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                        "group-alias/id/:id",
                        Operation.READ,
                        "Read a group's alias.",
                        (call, reader) ->
                                Response.found(find(call, reader).map(alias -> answers.alias(reader, alias)))),
                Route.governs("group-alias/id/:id", Operation.UPDATE, "Change a group's alias.", this::write)
                        .with(NAME, GROUP, Fields.ACCESSOR),
                Route.governs("group-alias/id/:id", Operation.DELETE, "Remove a group's alias.", (call, writer) -> {
                    find(call, writer)
                            .ifPresent(new IdentityChanges(writer, call.random(), call.now())::deleteGroupAlias);
                    return Response.NO_CONTENT;
                }));
    }

    private static Optional<Alias> find(Call call, BarrierReader reader) {
        return new Identities(reader).groupAlias(call.request().values().captured("id"));
    }

    private Response list(Call call, BarrierReader reader) {
        Identities known = new Identities(reader);
        return Answers.list(call, known::groupAliasIds, id -> known.groupAlias(id)
                .map(alias -> Json.object().put("name", alias.name().text()).build()));
    }

    private Response write(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        IdentityChanges changes = new IdentityChanges(writer, call.random(), call.now());
        Identities known = changes.known();
        Optional<Alias> given = Fields.id(values, "id").flatMap(known::groupAlias);
        if (Fields.id(values, "id").isPresent() && given.isEmpty()) {
            return new Response.Invalid("invalid group alias ID provided");
        }
        Optional<AliasRoutes.AliasRequest> asked = AliasRoutes.AliasRequest.of(values, given);
        if (asked.isEmpty()) {
            return new Response.Invalid(AliasRoutes.AliasRequest.INCOMPLETE);
        }
        Optional<String> refusal = asked.get().refusal(answers, writer);
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        Optional<Group> group = Fields.id(values, "canonical_id")
                .or(() -> given.map(Alias::owner))
                .flatMap(known::group);
        if (group.isEmpty() || !group.get().external()) {
            return new Response.Invalid(
                    group.isEmpty()
                            ? "canonical_id must name a group"
                            : "alias cannot be set on an internal group; make the group with type \"external\"");
        }
        Optional<Alias> there =
                known.groupAlias(asked.get().accessor(), asked.get().name());
        if (there.isPresent()
                && (given.isEmpty() || !there.get().id().equals(given.get().id()))
                && !there.get().owner().equals(group.get().id())) {
            return new Response.Invalid("an alias of this name is there already in the mount of this accessor");
        }
        return save(changes, asked.get(), given.or(() -> there), group.get());
    }

    private static Response save(
            IdentityChanges changes, AliasRoutes.AliasRequest asked, Optional<Alias> before, Group group) {
        Alias alias = before.map(old ->
                        old.named(asked.name(), asked.accessor(), changes.now()).ownedBy(group.id(), changes.now()))
                .orElseGet(
                        () -> Alias.fresh(changes.newId(), group.id(), asked.name(), asked.accessor(), changes.now()));
        changes.saveGroupAlias(alias);
        return new Response.Ok(Json.object()
                .put("canonical_id", group.id())
                .put("id", alias.id())
                .build());
    }
}
