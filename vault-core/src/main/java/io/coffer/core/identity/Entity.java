// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Somebody, person or machine.
///
/// @param disabled whether every token that belongs to it is refused
/// @param created RFC 3339, as `updated`
/// @param aliases ids, at most one for each login mount
/// @param groups ids of the groups that it is a member of itself
/// @param merged ids of the entities that became this one
public record Entity(
        String id,
        IdentityName name,
        Map<String, String> metadata,
        List<PolicyName> policies,
        boolean disabled,
        String created,
        String updated,
        List<String> aliases,
        List<String> groups,
        List<String> merged) {
    private static final int FORM = 1;

    public Entity {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        policies = List.copyOf(policies);
        aliases = List.copyOf(aliases);
        groups = List.copyOf(groups);
        merged = List.copyOf(merged);
    }

    /// With nothing but a name.
    public static Entity fresh(String id, IdentityName name, String now) {
        return new Entity(id, name, Map.of(), List.of(), false, now, now, List.of(), List.of(), List.of());
    }

    public Entity named(IdentityName other, String now) {
        return new Entity(id, other, metadata, policies, disabled, created, now, aliases, groups, merged);
    }

    public Entity with(Map<String, String> texts, List<PolicyName> rules, boolean off, String now) {
        return new Entity(id, name, texts, rules, off, created, now, aliases, groups, merged);
    }

    Entity withAlias(String alias) {
        return aliases.contains(alias) ? this : withAliases(plus(aliases, alias));
    }

    Entity withoutAlias(String alias) {
        return withAliases(minus(aliases, alias));
    }

    Entity inGroup(String group) {
        return groups.contains(group) ? this : withGroups(plus(groups, group));
    }

    Entity outOfGroup(String group) {
        return withGroups(minus(groups, group));
    }

    Entity absorbing(Entity other, String now) {
        List<String> all = new ArrayList<>(merged);
        all.add(other.id());
        all.addAll(other.merged());
        return new Entity(id, name, metadata, policies, disabled, created, now, aliases, groups, all);
    }

    private Entity withAliases(List<String> other) {
        return new Entity(id, name, metadata, policies, disabled, created, updated, other, groups, merged);
    }

    private Entity withGroups(List<String> other) {
        return new Entity(id, name, metadata, policies, disabled, created, updated, aliases, other, merged);
    }

    static List<String> plus(List<String> list, String item) {
        List<String> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    static List<String> minus(List<String> list, String item) {
        return list.stream().filter(other -> !other.equals(item)).toList();
    }

    static Json names(List<PolicyName> names) {
        return Json.of(names.stream().map(PolicyName::value).toList());
    }

    /// A text that names no policy allows nothing, so it is left out.
    static List<PolicyName> policies(StoredRecord stored) {
        return stored.texts("policies").stream()
                .filter(name -> PolicyName.refusal(name).isEmpty())
                .map(PolicyName::of)
                .toList();
    }

    static Entity of(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Entity read = new Entity(
                stored.text("id"),
                new IdentityName(stored.text("name")),
                stored.textMap("metadata"),
                policies(stored),
                stored.flag("disabled"),
                stored.text("created"),
                stored.text("updated"),
                stored.texts("aliases"),
                stored.texts("groups"),
                stored.texts("merged"));
        stored.end();
        return read;
    }

    Plaintext record() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("id", id)
                .put("name", name.text())
                .put("metadata", Json.ofTexts(metadata))
                .put("policies", names(policies))
                .put("disabled", disabled)
                .put("created", created)
                .put("updated", updated)
                .put("aliases", Json.of(aliases))
                .put("groups", Json.of(groups))
                .put("merged", Json.of(merged))
                .build()));
    }
}
