// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.identity.Alias;
import io.coffer.core.identity.Entity;
import io.coffer.core.identity.Group;
import io.coffer.core.identity.Identities;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How clients see entities, groups and aliases.
final class Answers {
    /// The most things that one list describes: each costs a few reads.
    private static final int MOST_DETAILED = 10_000;

    private final MountTable mounts;

    Answers(MountTable mounts) {
        this.mounts = mounts;
    }

    Json.Obj entity(BarrierReader reader, Entity entity) {
        Identities known = new Identities(reader);
        List<String> all = known.groupsOf(entity).stream().map(Group::id).toList();
        return Json.object()
                .put("aliases", new Json.Arr(aliases(reader, known.aliases(entity))))
                .put("creation_time", entity.created())
                .put("direct_group_ids", Json.of(entity.groups()))
                .put("disabled", entity.disabled())
                .put("group_ids", Json.of(all))
                .put("id", entity.id())
                .put(
                        "inherited_group_ids",
                        Json.of(all.stream()
                                .filter(id -> !entity.groups().contains(id))
                                .toList()))
                .put("last_update_time", entity.updated())
                .put("merged_entity_ids", entity.merged().isEmpty() ? Json.NULL : Json.of(entity.merged()))
                .put("metadata", textsOrNull(entity.metadata()))
                .put("mfa_secrets", Json.EMPTY)
                .put("name", entity.name().text())
                .put("namespace_id", "root")
                .put("policies", namesOrNull(entity.policies()))
                .build();
    }

    Json.Obj group(BarrierReader reader, Group group) {
        Identities known = new Identities(reader);
        return Json.object()
                .put(
                        "alias",
                        group.alias()
                                .flatMap(known::groupAlias)
                                .map(alias -> alias(reader, alias))
                                .orElse(Json.EMPTY))
                .put("creation_time", group.created())
                .put("id", group.id())
                .put("last_update_time", group.updated())
                .put("member_entity_ids", Json.of(group.entities()))
                .put("member_group_ids", Json.of(group.groups()))
                .put("metadata", textsOrNull(group.metadata()))
                .put("modify_index", group.changes())
                .put("name", group.name().text())
                .put("namespace_id", "root")
                .put("parent_group_ids", group.parents().isEmpty() ? Json.NULL : Json.of(group.parents()))
                .put("policies", namesOrNull(group.policies()))
                .put("type", group.external() ? "external" : "internal")
                .build();
    }

    Json.Obj alias(BarrierReader reader, Alias alias) {
        Optional<Mount> mount = mount(reader, alias.accessor());
        return Json.object()
                .put("canonical_id", alias.owner())
                .put("creation_time", alias.created())
                .put("custom_metadata", Json.ofTexts(alias.custom()))
                .put("id", alias.id())
                .put("last_update_time", alias.updated())
                .put("local", false)
                .put(
                        "merged_from_canonical_ids",
                        alias.mergedFrom().isEmpty() ? Json.NULL : Json.of(alias.mergedFrom()))
                .put("metadata", textsOrNull(alias.metadata()))
                .put("mount_accessor", alias.accessor())
                .put("mount_path", mount.map(Mount::path).orElse(""))
                .put("mount_type", mount.map(Mount::type).orElse(""))
                .put("name", alias.name().text())
                .put("namespace_id", "root")
                .build();
    }

    /// The login mount that an accessor names.
    Optional<Mount> login(BarrierReader reader, String accessor) {
        return mounts.read(reader).loginWith(accessor);
    }

    /// The same, to be shown: empty also if it cannot be read.
    private Optional<Mount> mount(BarrierReader reader, String accessor) {
        return mounts.read(reader).all().stream()
                .filter(mount -> mount.isAuth() && mount.accessor().equals(accessor))
                .findFirst();
    }

    /// What a list shows of an entity beside its id.
    Json entityInfo(BarrierReader reader, Entity entity) {
        List<Json> shown = new ArrayList<>();
        for (Alias alias : new Identities(reader).aliases(entity)) {
            Optional<Mount> mount = mount(reader, alias.accessor());
            shown.add(Json.object()
                    .put("canonical_id", entity.id())
                    .put("id", alias.id())
                    .put("mount_accessor", alias.accessor())
                    .put("mount_path", mount.map(Mount::path).orElse(""))
                    .put("mount_type", mount.map(Mount::type).orElse(""))
                    .put("name", alias.name().text())
                    .build());
        }
        return Json.object()
                .put("aliases", new Json.Arr(shown))
                .put("name", entity.name().text())
                .build();
    }

    /// The answer to a list, with what is known of each thing in it.
    static Response list(Call call, Listing.Source source, Function<String, Optional<Json>> info) {
        return Paging.asked(call, paging -> {
            Listing listing = Listing.of(paging, source).first(MOST_DETAILED);
            if (listing.names().isEmpty()) {
                return Response.ABSENT;
            }
            Json.Builder infos = Json.object();
            listing.names().forEach(name -> info.apply(name).ifPresent(known -> infos.put(name, known)));
            return new Response.Ok(listing.keys().put("key_info", infos.build()).build(), 0, listing.warnings());
        });
    }

    /// The answer to a list of names alone.
    static Response list(Call call, Listing.Source source) {
        return Paging.asked(call, paging -> Listing.of(paging, source).listed());
    }

    private List<Json> aliases(BarrierReader reader, List<Alias> aliases) {
        List<Json> shown = new ArrayList<>();
        aliases.forEach(alias -> shown.add(alias(reader, alias)));
        return shown;
    }

    private static Json namesOrNull(List<PolicyName> names) {
        return names.isEmpty()
                ? Json.NULL
                : Json.of(names.stream().map(PolicyName::value).toList());
    }

    private static Json textsOrNull(Map<String, String> map) {
        return map.isEmpty() ? Json.NULL : Json.ofTexts(map);
    }
}
