# SPDX-License-Identifier: Apache-2.0
"""Login methods: enable, tune, disable; userpass, approle, and what is configured of jwt and ldap."""

import hvac
from hvac import exceptions

from checks import done, has, refused, same, step


def walk(client):
    methods(client)
    userpass(client)
    approle(client)
    jwt(client)
    ldap(client)


def methods(client):
    with step("sys.enable_auth_method, list_auth_methods"):
        done(client.sys.enable_auth_method("userpass", description="people", config={"default_lease_ttl": "1h"}))
        done(client.sys.enable_auth_method("approle"))
        done(client.sys.enable_auth_method("approle", path="robots/here"))
        answer = client.sys.list_auth_methods()
        for mounts in (answer, answer["data"]):
            has({"type": "userpass", "description": "people", "local": False}, mounts["userpass/"])
            has({"type": "approle"}, mounts["robots/here/"])
            has({"type": "token"}, mounts["token/"])
    with step("sys.enable_auth_method where one stands, and of a kind that is none"):
        refused(exceptions.InvalidRequest, "path is already in use at", client.sys.enable_auth_method, "userpass")
        refused(exceptions.InvalidRequest, "plugin not found in the catalog: no-such", client.sys.enable_auth_method, "no-such")
    with step("sys.tune_auth_method, read_auth_method_tuning"):
        done(client.sys.tune_auth_method("userpass", default_lease_ttl="30m", max_lease_ttl="3h", description="persons",
                                         audit_non_hmac_request_keys=["name"], listing_visibility="unauth"))
        answer = client.sys.read_auth_method_tuning("userpass")
        has({"default_lease_ttl": 1800, "max_lease_ttl": 10800, "description": "persons", "listing_visibility": "unauth",
             "audit_non_hmac_request_keys": ["name"]}, answer["data"])
        has({"default_lease_ttl": 1800}, answer)
    with step("sys.disable_auth_method, and again"):
        done(client.sys.disable_auth_method("robots/here"))
        done(client.sys.disable_auth_method("robots/here"))
        assert "robots/here/" not in client.sys.list_auth_methods()["data"]
        refused(exceptions.InvalidRequest, "", client.sys.disable_auth_method, "token")


def userpass(client):
    users = client.auth.userpass
    with step("userpass.create_or_update_user, read_user, list_user"):
        done(users.create_or_update_user("Ada", password="first", policies="reader"))
        done(users.create_or_update_user("bob", password="other", token_policies=["reader"], token_ttl="20m"))
        same(["ada", "bob"], users.list_user()["data"]["keys"])
        has({"token_policies": ["reader"]}, users.read_user("ada")["data"])
        found = users.read_user("bob")["data"]
        has({"token_policies": ["reader"], "token_ttl": 1200}, found)
        assert not [key for key in found if "password" in key]
    with step("userpass.login gives a token, which the client takes"):
        ada = hvac.Client(url=client.url)
        auth = ada.auth.userpass.login("ada", "first")["auth"]
        has({"policies": ["default", "reader"], "metadata": {"username": "ada"}, "lease_duration": 1800,
             "renewable": True}, auth)
        same(auth["client_token"], ada.token)
        has({"display_name": "userpass-ada", "path": "auth/userpass/login/ada"}, ada.auth.token.lookup_self()["data"])
        same(1800, ada.auth.token.renew_self()["auth"]["lease_duration"])
        same(1200, hvac.Client(url=client.url).auth.userpass.login("BOB", "other", use_token=False)["auth"]["lease_duration"])
    with step("userpass.update_password_on_user"):
        done(users.update_password_on_user("ada", "second"))
        for name, password in (("ada", "first"), ("never-there", "first")):
            refused(exceptions.InvalidRequest, "invalid username or password", users.login, name, password, use_token=False)
        users.login("ada", "second", use_token=False)
    with step("userpass.delete_user"):
        done(users.delete_user("bob"))
        refused(exceptions.InvalidPath, "", users.read_user, "bob")
        refused(exceptions.InvalidRequest, "invalid username or password", users.login, "bob", "other", use_token=False)


def approle(client):
    roles = client.auth.approle
    with step("approle.create_or_update_approle, read_role, list_roles"):
        done(roles.create_or_update_approle("web", token_policies=["reader"], token_ttl="10m", token_max_ttl="1h",
                                            secret_id_num_uses=3, secret_id_ttl="30m", token_no_default_policy=True,
                                            token_bound_cidrs=["127.0.0.0/8"], secret_id_bound_cidrs=["127.0.0.1/32"]))
        has({"token_policies": ["reader"], "token_ttl": 600, "token_max_ttl": 3600, "secret_id_num_uses": 3,
             "secret_id_ttl": 1800, "token_no_default_policy": True, "bind_secret_id": True,
             "secret_id_bound_cidrs": ["127.0.0.1/32"]}, roles.read_role("web")["data"])
        same(["web"], roles.list_roles()["data"]["keys"])
    with step("approle.read_role_id, update_role_id"):
        assert len(roles.read_role_id("web")["data"]["role_id"]) == 36
        done(roles.update_role_id("web", "web-servers"))
        same("web-servers", roles.read_role_id("web")["data"]["role_id"])
    with step("approle.generate_secret_id, read_secret_id, login"):
        made = roles.generate_secret_id("web", metadata={"host": "a"}, cidr_list=["127.0.0.1/32"])["data"]
        has({"secret_id_num_uses": 3, "secret_id_ttl": 1800}, made)
        has({"secret_id_accessor": made["secret_id_accessor"], "metadata": {"host": "a"}, "secret_id_num_uses": 3},
            roles.read_secret_id("web", made["secret_id"])["data"])
        web = hvac.Client(url=client.url)
        auth = web.auth.approle.login("web-servers", made["secret_id"])["auth"]
        has({"policies": ["reader"], "lease_duration": 600, "metadata": {"host": "a", "role_name": "web"}}, auth)
        same(auth["client_token"], web.token)
        same({"a": 1}, web.secrets.kv.v2.read_secret("app/allowed", raise_on_deleted_version=True)["data"]["data"])
    with step("a secret-id is used up"):
        for _ in range(2):
            roles.login("web-servers", made["secret_id"], use_token=False)
        refused(exceptions.InvalidRequest, "invalid role or secret ID",
                roles.login, "web-servers", made["secret_id"], use_token=False)
    secret_ids(client, roles)
    with step("approle.delete_role ends its secret-ids"):
        made = roles.generate_secret_id("web")["data"]
        done(roles.delete_role("web"))
        refused(exceptions.InvalidPath, "", roles.read_role, "web")
        refused(exceptions.InvalidRequest, "invalid role or secret ID",
                roles.login, "web-servers", made["secret_id"], use_token=False)


def secret_ids(client, roles):
    with step("approle.generate_secret_id wrapped, unwrapped by who has no other token"):
        wrap = roles.generate_secret_id("web", wrap_ttl="60s")["wrap_info"]
        has({"ttl": 60, "creation_path": "auth/approle/role/web/secret-id"}, wrap)
        made = hvac.Client(url=client.url, token=wrap["token"]).sys.unwrap()["data"]
        same(wrap["wrapped_accessor"], made["secret_id_accessor"])
        roles.login("web-servers", made["secret_id"], use_token=False)
    with step("approle.list_secret_id_accessors, read_secret_id_accessor, destroy_secret_id_accessor"):
        same([made["secret_id_accessor"]], roles.list_secret_id_accessors("web")["data"]["keys"])
        has({"secret_id_num_uses": 2}, roles.read_secret_id_accessor("web", made["secret_id_accessor"])["data"])
        done(roles.destroy_secret_id_accessor("web", made["secret_id_accessor"]))
        refused(exceptions.InvalidPath, "", roles.list_secret_id_accessors, "web")
        refused(exceptions.InvalidPath, "", roles.read_secret_id_accessor, "web", made["secret_id_accessor"])
    with step("approle.create_custom_secret_id, destroy_secret_id"):
        has({"secret_id": "chosen by hand"}, roles.create_custom_secret_id("web", "chosen by hand")["data"])
        roles.login("web-servers", "chosen by hand", use_token=False)
        done(roles.destroy_secret_id("web", "chosen by hand"))
        refused(exceptions.InvalidRequest, "invalid role or secret ID",
                roles.login, "web-servers", "chosen by hand", use_token=False)
        same(204, roles.read_secret_id("web", "chosen by hand").status_code)


def jwt(client):
    with step("jwt.create_role, read_role, list_roles, delete_role, and a login with what is no token"):
        done(client.sys.enable_auth_method("jwt"))
        made = client.auth.jwt.create_role("ci", user_claim="sub", allowed_redirect_uris=[], bound_audiences=["coffer"],
                                           bound_claims={"project": "one"}, token_policies=["reader"], token_ttl="5m")
        done(made)
        has({"role_type": "jwt", "user_claim": "sub", "bound_audiences": ["coffer"], "token_ttl": 300},
            client.auth.jwt.read_role("ci")["data"])
        same(["ci"], client.auth.jwt.list_roles()["data"]["keys"])
        refused(exceptions.InvalidRequest, "", client.auth.jwt.jwt_login, "ci", "no.token.atall", use_token=False)
        done(client.auth.jwt.delete_role("ci"))
        refused(exceptions.InvalidPath, "", client.auth.jwt.read_role, "ci")


def ldap(client):
    method = client.auth.ldap
    with step("ldap.configure, read_configuration"):
        done(client.sys.enable_auth_method("ldap"))
        done(method.configure(url="ldaps://127.0.0.1:1", userdn="ou=people,dc=invalid", userattr="uid",
                              groupdn="ou=groups,dc=invalid", groupattr="cn", binddn="cn=reader,dc=invalid",
                              bindpass="not to be shown", token_policies=["reader"], token_ttl="10m"))
        found = method.read_configuration()["data"]
        has({"url": "ldaps://127.0.0.1:1", "userdn": "ou=people,dc=invalid", "userattr": "uid",
             "binddn": "cn=reader,dc=invalid", "token_policies": ["reader"], "token_ttl": 600}, found)
        assert "bindpass" not in found
    with step("ldap.create_or_update_group, create_or_update_user, and their read, list, delete"):
        done(method.create_or_update_group("makers", policies=["maker"]))
        done(method.create_or_update_user("ada", policies=["reader"], groups=["makers"]))
        has({"policies": ["maker"]}, method.read_group("makers")["data"])
        same(["makers"], method.list_groups()["data"]["keys"])
        has({"policies": ["reader"]}, method.read_user("ada")["data"])
        same(["ada"], method.list_users()["data"]["keys"])
        done(method.delete_group("makers"))
        done(method.delete_user("ada"))
        refused(exceptions.InvalidPath, "", method.read_group, "makers")
        refused(exceptions.InvalidPath, "", method.read_user, "ada")
    with step("ldap.login where nobody answers"):
        refused(exceptions.InvalidRequest, "", method.login, "ada", "password", use_token=False)
        done(client.sys.disable_auth_method("ldap"))
