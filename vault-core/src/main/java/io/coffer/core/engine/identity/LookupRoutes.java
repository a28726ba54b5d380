// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.identity.Alias;
import io.coffer.core.identity.Identities;
import io.coffer.core.identity.IdentityName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `identity/lookup`: who has this id, name or alias.
final class LookupRoutes {
    private static final String ALIAS = "alias_name";
    private static final String ACCESSOR = "alias_mount_accessor";
    private static final Field[] FIELDS = {
        Field.text("id", "The id."),
        Field.text("name", "The name."),
        Field.text("alias_id", "The id of the alias."),
        Field.text(ALIAS, "The name of the alias, with alias_mount_accessor."),
        Field.text(ACCESSOR, "The accessor of the alias's mount.")
    };

    private final Answers answers;

    LookupRoutes(Answers answers) {
        this.answers = answers;
    }

    List<Route> routes() {
        return List.of(
                Route.surveys("lookup/entity", Operation.UPDATE, "Look for an entity.", this::entity)
                        .with(FIELDS),
                Route.surveys("lookup/group", Operation.UPDATE, "Look for a group.", this::group)
                        .with(FIELDS));
    }

    private Response entity(Call call, BarrierReader reader) {
        Identities known = new Identities(reader);
        return answer(call.request().values(), given -> switch (given) {
            case Query.Id(String id) -> known.entity(id).map(found -> answers.entity(reader, found));
            case Query.Named(IdentityName name) -> known.entity(name).map(found -> answers.entity(reader, found));
            case Query.AliasId(String id) ->
                owner(known.alias(id)).flatMap(known::entity).map(found -> answers.entity(reader, found));
            case Query.AliasNamed(IdentityName name, String accessor) ->
                owner(known.alias(accessor, name)).flatMap(known::entity).map(found -> answers.entity(reader, found));
        });
    }

    private Response group(Call call, BarrierReader reader) {
        Identities known = new Identities(reader);
        return answer(call.request().values(), given -> switch (given) {
            case Query.Id(String id) -> known.group(id).map(found -> answers.group(reader, found));
            case Query.Named(IdentityName name) -> known.group(name).map(found -> answers.group(reader, found));
            case Query.AliasId(String id) ->
                owner(known.groupAlias(id)).flatMap(known::group).map(found -> answers.group(reader, found));
            case Query.AliasNamed(IdentityName name, String accessor) ->
                owner(known.groupAlias(accessor, name))
                        .flatMap(known::group)
                        .map(found -> answers.group(reader, found));
        });
    }

    private static Optional<String> owner(Optional<Alias> alias) {
        return alias.map(Alias::owner);
    }

    /// What somebody is looked for by.
    private sealed interface Query {
        record Id(String id) implements Query {}

        record Named(IdentityName name) implements Query {}

        record AliasId(String id) implements Query {}

        record AliasNamed(IdentityName name, String accessor) implements Query {}
    }

    private interface Search {
        Optional<Json.Obj> find(Query query);
    }

    private static Response answer(Values values, Search search) {
        long given = Stream.of("id", "name", "alias_id", ALIAS)
                .filter(field -> Fields.id(values, field).isPresent())
                .count();
        if (given != 1
                || Fields.id(values, ALIAS).isPresent()
                        != Fields.id(values, ACCESSOR).isPresent()) {
            return new Response.Invalid(
                    "one of id, name, alias_id, or alias_name with alias_mount_accessor, must be provided");
        }
        return query(values)
                .flatMap(search::find)
                .<Response>map(Response.Ok::new)
                .orElse(Response.NO_CONTENT);
    }

    private static Optional<Query> query(Values values) {
        return Fields.id(values, "id")
                .<Query>map(Query.Id::new)
                .or(() -> Fields.id(values, "alias_id").map(Query.AliasId::new))
                .or(() ->
                        Fields.id(values, "name").flatMap(IdentityName::segment).map(Query.Named::new))
                .or(() -> Fields.id(values, ALIAS)
                        .flatMap(IdentityName::of)
                        .map(name -> new Query.AliasNamed(
                                name, Fields.id(values, ACCESSOR).orElseThrow())));
    }
}
