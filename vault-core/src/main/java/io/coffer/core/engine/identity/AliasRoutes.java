// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.identity.Alias;
import io.coffer.core.identity.Entity;
import io.coffer.core.identity.Identities;
import io.coffer.core.identity.IdentityChanges;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `identity/entity-alias`.
final class AliasRoutes {
    private static final Field NAME = Field.text("name", "The name that the login mount knows.");
    private static final Field ENTITY =
            Field.text("canonical_id", "The id of the entity; a new one is made if not given.");
    private static final Field OLD_ENTITY = Field.text("entity_id", "An old name of canonical_id.");

    private final Answers answers;

    AliasRoutes(Answers answers) {
        this.answers = answers;
    }

    List<Route> routes() {
        return List.of(
                Route.governs("entity-alias", Operation.UPDATE, "Make or change an alias.", this::write)
                        .with(Fields.ID, NAME, ENTITY, OLD_ENTITY, Fields.ACCESSOR, Fields.CUSTOM),
                Route.surveys("entity-alias/id", Operation.LIST, "List aliases by id.", this::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                        "entity-alias/id/:id",
                        Operation.READ,
                        "Read an alias.",
                        (call, reader) ->
                                Response.found(find(call, reader).map(alias -> answers.alias(reader, alias)))),
                Route.governs("entity-alias/id/:id", Operation.UPDATE, "Change an alias.", this::write)
                        .with(NAME, ENTITY, OLD_ENTITY, Fields.ACCESSOR, Fields.CUSTOM),
                Route.governs("entity-alias/id/:id", Operation.DELETE, "Remove an alias.", (call, writer) -> {
                    find(call, writer).ifPresent(new IdentityChanges(writer, call.random(), call.now())::delete);
                    return Response.NO_CONTENT;
                }));
    }

    private static Optional<Alias> find(Call call, BarrierReader reader) {
        return new Identities(reader).alias(call.request().values().captured("id"));
    }

    private Response list(Call call, BarrierReader reader) {
        Identities known = new Identities(reader);
        return Answers.list(call, known::aliasIds, id -> known.alias(id).map(alias -> Json.object()
                .put("canonical_id", alias.owner())
                .put("mount_accessor", alias.accessor())
                .put("name", alias.name().text())
                .build()));
    }

    private Response write(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        IdentityChanges changes = new IdentityChanges(writer, call.random(), call.now());
        Optional<Alias> given = Fields.id(values, "id").flatMap(changes.known()::alias);
        if (Fields.id(values, "id").isPresent() && given.isEmpty()) {
            return new Response.Invalid("invalid alias ID provided");
        }
        Optional<AliasRequest> asked = AliasRequest.of(values, given);
        if (asked.isEmpty()) {
            return new Response.Invalid(AliasRequest.INCOMPLETE);
        }
        Optional<String> refusal = asked.get().refusal(answers, writer);
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        Optional<String> entity = Fields.id(values, "canonical_id").or(() -> Fields.id(values, "entity_id"));
        return write(changes, asked.get(), given, entity);
    }

    private static Response write(
            IdentityChanges changes, AliasRequest asked, Optional<Alias> given, Optional<String> entity) {
        Identities known = changes.known();
        Optional<Alias> there = known.alias(asked.accessor(), asked.name());
        if (given.isPresent()
                && there.isPresent()
                && !there.get().id().equals(given.get().id())) {
            return new Response.Invalid("an alias of this name is there already in the mount of this accessor");
        }
        Optional<Alias> before = given.or(() -> there);
        Optional<String> owner = entity.or(() -> before.map(Alias::owner));
        Optional<Entity> target = owner.flatMap(known::entity);
        if (owner.isPresent() && target.isEmpty()) {
            return new Response.Invalid("invalid canonical ID");
        }
        if (target.flatMap(found -> known.aliasIn(found, asked.accessor()))
                .filter(other ->
                        before.isEmpty() || !other.id().equals(before.get().id()))
                .isPresent()) {
            return new Response.Invalid("the entity has an alias in the mount of this accessor already");
        }
        Entity holder = target.orElseGet(() -> fresh(changes));
        Alias alias = before.map(old ->
                        old.named(asked.name(), asked.accessor(), changes.now()).ownedBy(holder.id(), changes.now()))
                .orElseGet(
                        () -> Alias.fresh(changes.newId(), holder.id(), asked.name(), asked.accessor(), changes.now()));
        changes.save(asked.custom()
                .map(texts -> alias.withCustom(texts, changes.now()))
                .orElse(alias));
        return new Response.Ok(Json.object()
                .put("canonical_id", holder.id())
                .put("id", alias.id())
                .build());
    }

    private static Entity fresh(IdentityChanges changes) {
        Entity entity = Entity.fresh(changes.newId(), changes.newName("entity"), changes.now());
        changes.save(entity);
        return entity;
    }

    /// What a request says of an alias of either kind, completed by what is there.
    ///
    /// @param custom empty to leave it as it is
    record AliasRequest(IdentityName name, String accessor, Optional<Map<String, String>> custom) {
        static final String INCOMPLETE = "'id' or 'mount_accessor' and 'name' must be provided";

        static Optional<AliasRequest> of(Values values, Optional<Alias> before) {
            Optional<IdentityName> name = values.text("name")
                    .filter(text -> !text.isEmpty())
                    .flatMap(IdentityName::of)
                    .or(() -> before.map(Alias::name));
            Optional<String> accessor = Fields.id(values, "mount_accessor").or(() -> before.map(Alias::accessor));
            return name.isEmpty() || accessor.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AliasRequest(name.get(), accessor.get(), values.textMap("custom_metadata")));
        }

        Optional<String> refusal(Answers answers, BarrierReader reader) {
            if (answers.login(reader, accessor).isEmpty()) {
                return Optional.of("invalid mount accessor \"" + accessor + "\"");
            }
            return custom.flatMap(texts -> Fields.refusal("custom_metadata", texts));
        }
    }
}
