# SPDX-License-Identifier: Apache-2.0
"""Tokens: create with every field, look up, renew, revoke; roles."""

import hvac
from hvac import exceptions

from checks import done, has, refused, same, step


def alive(client, token):
    return hvac.Client(url=client.url, token=token).is_authenticated()


def walk(client):
    created(client)
    renewed(client)
    revoked(client)
    limits(client)
    roles(client)


def created(client):
    token = client.auth.token
    with step("token.create with every field"):
        answer = token.create(id="my-own-id", policies=["reader", "none-yet"], meta={"team": "one"}, no_default_policy=True,
                              renewable=True, ttl="30m", explicit_max_ttl="2h", display_name="a name", num_uses=9,
                              type="service")
        assert any('Policy "none-yet" does not exist' in warning for warning in answer["warnings"]), answer["warnings"]
        has({"client_token": "my-own-id", "policies": ["none-yet", "reader"], "metadata": {"team": "one"}, "orphan": False,
             "lease_duration": 1800, "renewable": True, "token_type": "service", "num_uses": 9}, answer["auth"])
    with step("token.lookup, lookup_accessor, client.lookup_token"):
        found = token.lookup("my-own-id")["data"]
        has({"id": "my-own-id", "display_name": "token-a-name", "meta": {"team": "one"}, "num_uses": 9, "orphan": False,
             "explicit_max_ttl": 7200, "creation_ttl": 1800, "path": "auth/token/create", "type": "service"}, found)
        has({"id": "", "accessor": found["accessor"], "num_uses": 9}, token.lookup_accessor(found["accessor"])["data"])
        has({"id": "my-own-id"}, client.lookup_token("my-own-id")["data"])
        has({"id": ""}, client.lookup_token(found["accessor"], accessor=True)["data"])
        assert found["accessor"] in token.list_accessors()["data"]["keys"]
    with step("token.lookup of none"):
        refused(exceptions.Forbidden, "bad token", token.lookup, "hvs.never-there")
        refused(exceptions.VaultError, "invalid accessor", token.lookup_accessor, "never-there")
    with step("token.create of a batch token"):
        auth = token.create(policies=["reader"], type="batch", ttl="1h", renewable=False)["auth"]
        has({"token_type": "batch", "renewable": False, "accessor": ""}, auth)
        has({"type": "batch", "policies": ["default", "reader"]}, token.lookup(auth["client_token"])["data"])
        refused(exceptions.InvalidRequest, "batch tokens cannot be revoked", token.revoke, auth["client_token"])
    with step("token.create, create_orphan, no_parent: whose child it is"):
        same(False, token.lookup(token.create(ttl="1h")["auth"]["client_token"])["data"]["orphan"])
        same(True, token.lookup(token.create(no_parent=True, ttl="1h")["auth"]["client_token"])["data"]["orphan"])
        same(True, token.lookup(token.create_orphan(ttl="1h")["auth"]["client_token"])["data"]["orphan"])
    with step("token.create wrapped"):
        wrapped = token.create(ttl="1h", policies=["reader"], wrap_ttl="60s")
        same(None, wrapped["auth"])
        has({"ttl": 60, "creation_path": "auth/token/create"}, wrapped["wrap_info"])
        auth = client.sys.unwrap(wrapped["wrap_info"]["token"])["auth"]
        same(wrapped["wrap_info"]["wrapped_accessor"], auth["accessor"])
        assert alive(client, auth["client_token"])


def renewed(client):
    token = client.auth.token
    with step("token.renew, renew_self, renew_accessor, client.renew_token"):
        auth = token.create(policies=["reader"], ttl="10m")["auth"]
        mine = hvac.Client(url=client.url, token=auth["client_token"])
        has({"lease_duration": 1200, "renewable": True}, token.renew(mine.token, increment="20m")["auth"])
        has({"lease_duration": 1800, "client_token": mine.token}, mine.auth.token.renew_self(increment=1800)["auth"])
        has({"lease_duration": 2400, "client_token": ""}, token.renew_accessor(auth["accessor"], increment="40m")["auth"])
        has({"lease_duration": 2400}, client.renew_token(mine.token)["auth"])
        assert token.lookup(mine.token)["data"]["last_renewal_time"] > 0
    with step("token.renew keeps to explicit_max_ttl and says so"):
        auth = token.create(ttl="10m", explicit_max_ttl="15m", policies=["reader"])["auth"]
        answer = token.renew(auth["client_token"], increment="1h")
        assert answer["auth"]["lease_duration"] <= 900 and answer["warnings"]
    with step("token.renew of a periodic token"):
        auth = token.create(period="5m", policies=["reader"])["auth"]
        same(300, token.renew(auth["client_token"], increment="1h")["auth"]["lease_duration"])
    with step("token.renew of what cannot be renewed"):
        auth = token.create(ttl="10m", renewable=False)["auth"]
        refused(exceptions.InvalidRequest, "not renewable", token.renew, auth["client_token"])
        refused(exceptions.InvalidRequest, "", token.renew, "hvs.never-there")


def revoked(client):
    token = client.auth.token
    with step("token.revoke ends the token and its children"):
        parent = token.create(policies=["root"], ttl="1h")["auth"]["client_token"]
        other = hvac.Client(url=client.url, token=parent)
        child = other.auth.token.create(ttl="1h")["auth"]["client_token"]
        orphan = other.auth.token.create_orphan(ttl="1h")["auth"]["client_token"]
        done(token.revoke(parent))
        same([False, False, True], [alive(client, one) for one in (parent, child, orphan)])
        done(token.revoke(parent))
    with step("token.revoke_and_orphan_children leaves the children"):
        parent = token.create(policies=["root"], ttl="1h")["auth"]["client_token"]
        child = hvac.Client(url=client.url, token=parent).auth.token.create(ttl="1h")["auth"]["client_token"]
        done(token.revoke_and_orphan_children(parent))
        same([False, True], [alive(client, one) for one in (parent, child)])
        same(True, token.lookup(child)["data"]["orphan"])
    with step("token.revoke_accessor, revoke_self, client.logout, client.revoke_token"):
        auth = token.create(ttl="1h")["auth"]
        done(token.revoke_accessor(auth["accessor"]))
        same(False, alive(client, auth["client_token"]))
        one = token.create(ttl="1h")["auth"]["client_token"]
        done(hvac.Client(url=client.url, token=one).auth.token.revoke_self())
        two = token.create(ttl="1h")["auth"]["client_token"]
        hvac.Client(url=client.url, token=two).logout(revoke_token=True)
        three = token.create(ttl="1h")["auth"]["client_token"]
        client.revoke_token(three)
        four = token.create(ttl="1h")["auth"]
        client.revoke_token(four["accessor"], accessor=True)
        five = token.create(ttl="1h")["auth"]["client_token"]
        client.revoke_token(five, orphan=True)
        same([False] * 5, [alive(client, it) for it in (one, two, three, four["client_token"], five)])
    with step("token.tidy"):
        client.auth.token.tidy()


def limits(client):
    with step("num_uses: the last use ends the token"):
        limited = hvac.Client(url=client.url, token=client.auth.token.create(num_uses=2, ttl="1h")["auth"]["client_token"])
        same(1, limited.auth.token.lookup_self()["data"]["num_uses"])
        limited.auth.token.lookup_self()
        refused(exceptions.Forbidden, "permission denied", limited.auth.token.lookup_self)
    with step("a child has no more than its parent"):
        small = hvac.Client(url=client.url, token=client.auth.token.create(policies=["maker"], ttl="1h")["auth"]["client_token"])
        client.sys.create_or_update_policy("maker", 'path "auth/token/create*" { capabilities = ["update"] }')
        refused(exceptions.InvalidRequest, "child policies must be subset of parent",
                small.auth.token.create, policies=["reader"])
        refused(exceptions.InvalidRequest, "root or sudo privileges required", small.auth.token.create, no_parent=True)
        same(["default", "maker"], small.auth.token.create()["auth"]["policies"])


def roles(client):
    token = client.auth.token
    with step("token.create_or_update_role, read_role, list_roles"):
        done(token.create_or_update_role("worker", allowed_policies=["reader"], orphan=True, path_suffix="shift",
                                         token_period="1h", allowed_entity_aliases=["robot"]))
        has({"name": "worker", "allowed_policies": ["reader"], "orphan": True, "path_suffix": "shift", "renewable": True,
             "token_period": 3600, "allowed_entity_aliases": ["robot"]}, token.read_role("worker")["data"])
        same(["worker"], token.list_roles()["data"]["keys"])
    with step("token.create with a role"):
        auth = token.create(role_name="worker", policies=["reader"])["auth"]
        has({"lease_duration": 3600, "orphan": True}, auth)
        has({"path": "auth/token/create/worker/shift", "role": "worker", "period": 3600},
            token.lookup(auth["client_token"])["data"])
        refused(exceptions.InvalidRequest, "must be subset of the role's allowed policies",
                token.create, role_name="worker", policies=["maker"])
        refused(exceptions.InvalidRequest, "unknown role", token.create, role_name="never-there")
    with step("token.delete_role, twice"):
        done(token.delete_role("worker"))
        done(token.delete_role("worker"))
        refused(exceptions.InvalidPath, "", token.read_role, "worker")
        refused(exceptions.InvalidPath, "", token.list_roles)
