# SPDX-License-Identifier: Apache-2.0
"""Who somebody is across the login methods: entities, aliases, groups; and policies by them."""

import hvac
from hvac import exceptions

from checks import done, has, refused, same, step


def walk(client):
    accessor = client.sys.list_auth_methods()["data"]["userpass/"]["accessor"]
    ada = entities(client)
    aliases(client, ada, accessor)
    group = groups(client, ada)
    policies(client, ada)
    with step("identity.delete_group, delete_entity_alias, delete_entity"):
        alias = client.secrets.identity.lookup_entity(name="ada")["data"]["aliases"][0]["id"]
        done(client.secrets.identity.delete_group(group))
        done(client.secrets.identity.delete_entity_alias(alias))
        done(client.secrets.identity.delete_entity(ada))
        refused(exceptions.InvalidPath, "", client.secrets.identity.read_entity, ada)
        refused(exceptions.InvalidPath, "", client.secrets.identity.read_group, group)


def entities(client):
    identity = client.secrets.identity
    with step("identity.create_or_update_entity, read_entity, read_entity_by_name"):
        ada = identity.create_or_update_entity("ada", metadata={"team": "one"}, policies=["of-entity"])["data"]["id"]
        has({"id": ada, "name": "ada", "metadata": {"team": "one"}, "policies": ["of-entity"], "disabled": False},
            identity.read_entity(ada)["data"])
        same(ada, identity.read_entity_by_name("ada")["data"]["id"])
    with step("identity.update_entity, create_or_update_entity_by_name"):
        identity.update_entity(ada, metadata={"team": "two"})
        has({"name": "ada", "metadata": {"team": "two"}, "policies": ["of-entity"]}, identity.read_entity(ada)["data"])
        identity.create_or_update_entity_by_name("grace", metadata={"team": "two"})
        identity.create_or_update_entity_by_name("ada", metadata={"team": "three"})
        has({"id": ada, "metadata": {"team": "three"}}, identity.read_entity_by_name("ada")["data"])
    with step("identity.list_entities, list_entities_by_name, by LIST and by GET"):
        for method in ("LIST", "GET"):
            assert ada in identity.list_entities(method=method)["data"]["keys"]
            assert {"ada", "grace"} <= set(identity.list_entities_by_name(method=method)["data"]["keys"])
    with step("identity.lookup_entity"):
        same(ada, identity.lookup_entity(name="ada")["data"]["id"])
        same("ada", identity.lookup_entity(entity_id=ada)["data"]["name"])
        same(204, identity.lookup_entity(name="never-there").status_code)
    with step("identity.merge_entities, delete_entity_by_name"):
        grace = identity.read_entity_by_name("grace")["data"]["id"]
        done(identity.merge_entities([grace], ada))
        refused(exceptions.InvalidPath, "", identity.read_entity, grace)
        identity.create_or_update_entity_by_name("short-lived")
        done(identity.delete_entity_by_name("short-lived"))
        refused(exceptions.InvalidPath, "", identity.read_entity_by_name, "short-lived")
    return ada


def aliases(client, ada, accessor):
    identity = client.secrets.identity
    with step("identity.create_or_update_entity_alias, read_entity_alias, list_entity_aliases"):
        before = identity.lookup_entity(alias_name="ada", alias_mount_accessor=accessor)["data"]["id"]
        identity.delete_entity(before)
        alias = identity.create_or_update_entity_alias("ada", ada, accessor)["data"]["id"]
        has({"name": "ada", "canonical_id": ada, "mount_accessor": accessor, "mount_type": "userpass"},
            identity.read_entity_alias(alias)["data"])
        for method in ("LIST", "GET"):
            assert alias in identity.list_entity_aliases(method=method)["data"]["keys"]
    with step("identity.lookup_entity by alias; update_entity_alias"):
        same(ada, identity.lookup_entity(alias_id=alias)["data"]["id"])
        same(ada, identity.lookup_entity(alias_name="ada", alias_mount_accessor=accessor)["data"]["id"])
        identity.update_entity_alias(alias, "ada", ada, accessor)
        same("ada", identity.read_entity_alias(alias)["data"]["name"])


def groups(client, ada):
    identity = client.secrets.identity
    with step("identity.create_or_update_group, read_group, update_group, list_groups"):
        group = identity.create_or_update_group("makers", policies=["of-group"], member_entity_ids=[ada],
                                                metadata={"floor": "2"})["data"]["id"]
        has({"id": group, "name": "makers", "type": "internal", "member_entity_ids": [ada], "policies": ["of-group"],
             "metadata": {"floor": "2"}}, identity.read_group(group)["data"])
        identity.update_group(group, "makers", policies=["of-group"], member_entity_ids=[ada], metadata={"floor": "3"})
        has({"metadata": {"floor": "3"}}, identity.read_group_by_name("makers")["data"])
        for method in ("LIST", "GET"):
            same([group], identity.list_groups(method=method)["data"]["keys"])
            same(["makers"], identity.list_groups_by_name(method=method)["data"]["keys"])
        same(group, identity.lookup_group(name="makers")["data"]["id"])
        same("makers", identity.lookup_group(group_id=group)["data"]["name"])
    with step("identity.create_or_update_group_by_name with a group in it, delete_group_by_name"):
        identity.create_or_update_group_by_name("all", member_group_ids=[group])
        has({"member_group_ids": [group]}, identity.read_group_by_name("all")["data"])
        done(identity.delete_group_by_name("all"))
        refused(exceptions.InvalidPath, "", identity.read_group_by_name, "all")
    with step("identity.create_or_update_group_alias of an external group, read, list, delete"):
        outside = identity.create_or_update_group("outside", group_type="external")["data"]["id"]
        accessor = client.sys.list_auth_methods()["data"]["jwt/"]["accessor"]
        alias = identity.create_or_update_group_alias("their-name", mount_accessor=accessor, canonical_id=outside)["data"]["id"]
        has({"name": "their-name", "canonical_id": outside, "mount_accessor": accessor},
            identity.read_group_alias(alias)["data"])
        for method in ("LIST", "GET"):
            same([alias], identity.list_group_aliases(method=method)["data"]["keys"])
        same(outside, identity.lookup_group(alias_name="their-name", alias_mount_accessor=accessor)["data"]["id"])
        done(identity.delete_group_alias(alias))
        done(identity.delete_group(outside))
    return group


def policies(client, ada):
    with step("a login has the policies of its entity and its groups, and a template names it"):
        client.sys.create_or_update_policy("of-group", 'path "plain/{{identity.entity.name}}/*" { capabilities = ["create", "update", "read"] }')
        logged_in = hvac.Client(url=client.url)
        auth = logged_in.auth.userpass.login("ada", "second")["auth"]
        has({"entity_id": ada, "identity_policies": ["of-entity", "of-group"], "token_policies": ["default", "reader"]}, auth)
        done(logged_in.secrets.kv.v1.create_or_update_secret("ada/own", {"a": 1}, mount_point="plain"))
        refused(exceptions.Forbidden, "permission denied",
                logged_in.secrets.kv.v1.create_or_update_secret, "bob/own", {"a": 1}, mount_point="plain")
    with step("an entity that is disabled is refused"):
        client.secrets.identity.update_entity(ada, disabled=True)
        refused(exceptions.Forbidden, "permission denied",
                logged_in.secrets.kv.v1.read_secret, "ada/own", mount_point="plain")
        client.secrets.identity.update_entity(ada, disabled=False)
        same({"a": 1}, logged_in.secrets.kv.v1.read_secret("ada/own", mount_point="plain")["data"])
