# SPDX-License-Identifier: Apache-2.0
"""Policies, by both of their paths; password policies; what a token may do."""

import hvac
from hvac import exceptions

from checks import done, has, refused, same, step

READER = 'path "secret/data/app/*" { capabilities = ["read", "list"] }\n'
AS_OBJECT = {"path": {"secret/metadata/*": {"capabilities": ["list"]}}}


def walk(client):
    with step("sys.create_or_update_policy, read_policy, list_policies, get_policy"):
        done(client.sys.create_or_update_policy("reader", READER))
        answer = client.sys.read_policy("reader")
        has({"name": "reader", "rules": READER}, answer)
        has({"name": "reader", "rules": READER}, answer["data"])
        same(READER, client.get_policy("reader"))
        same(None, client.get_policy("never-there"))
        answer = client.sys.list_policies()
        same(["default", "reader", "root"], sorted(answer["data"]["policies"]))
        same(answer["data"]["policies"], answer["policies"])
    with step("sys.create_or_update_acl_policy, read_acl_policy, list_acl_policies, of an object too"):
        done(client.sys.create_or_update_acl_policy("lister", AS_OBJECT))
        done(client.sys.create_or_update_acl_policy("short", AS_OBJECT, pretty_print=False))
        assert '"secret/metadata/*"' in client.sys.read_acl_policy("lister")["data"]["policy"]
        same(["default", "lister", "reader", "short", "root"], client.sys.list_acl_policies()["data"]["keys"])
    with step("a policy that cannot be read, and those that stay as they are"):
        refused(exceptions.InvalidRequest, "failed to parse policy",
                client.sys.create_or_update_policy, "torn", 'path "secret/*" {')
        refused(exceptions.InvalidRequest, 'cannot update "root" policy',
                client.sys.create_or_update_policy, "root", READER)
        refused(exceptions.InvalidRequest, "cannot delete", client.sys.delete_policy, "default")
    with step("sys.delete_policy, delete_acl_policy, twice"):
        for _ in range(2):
            done(client.sys.delete_policy("short"))
            done(client.sys.delete_acl_policy("lister"))
        refused(exceptions.InvalidPath, "", client.sys.read_policy, "short")
        refused(exceptions.InvalidPath, "", client.sys.read_acl_policy, "lister")
    capabilities(client)
    passwords(client)
    with step("sys.list_rgp_policies, list_egp_policies: there are none of these kinds"):
        refused(exceptions.InvalidPath, "", client.sys.list_rgp_policies)
        refused(exceptions.InvalidPath, "", client.sys.list_egp_policies)


def capabilities(client):
    auth = client.auth.token.create(policies=["reader"], ttl="1h")["auth"]
    limited = hvac.Client(url=client.url, token=auth["client_token"])
    with step("sys.get_capabilities of oneself, of a token, of an accessor"):
        same(["root"], client.sys.get_capabilities(["sys/mounts"])["data"]["capabilities"])
        paths = ["secret/data/app/one", "secret/data/other"]
        for answer in (limited.sys.get_capabilities(paths), client.sys.get_capabilities(paths, token=limited.token),
                       client.sys.get_capabilities(paths, accessor=auth["accessor"])):
            same({paths[0]: ["list", "read"], paths[1]: ["deny"]}, {path: answer["data"][path] for path in paths})
    with step("a token may do what its policies allow and nothing else"):
        client.secrets.kv.v2.create_or_update_secret("app/allowed", {"a": 1})
        same({"a": 1}, limited.secrets.kv.v2.read_secret("app/allowed", raise_on_deleted_version=True)["data"]["data"])
        refused(exceptions.Forbidden, "permission denied",
                limited.secrets.kv.v2.create_or_update_secret, "app/allowed", {"a": 2})
        refused(exceptions.Forbidden, "permission denied", limited.sys.list_mounted_secrets_engines)
    with step("a policy that is changed holds at once"):
        done(client.sys.create_or_update_policy("reader", 'path "secret/*" { capabilities = ["deny"] }'))
        refused(exceptions.Forbidden, "permission denied",
                limited.secrets.kv.v2.read_secret, "app/allowed", raise_on_deleted_version=True)
        done(client.sys.create_or_update_policy("reader", READER))


def passwords(client):
    with step("password policies by write, read, list"):
        path = "sys/policies/password/digits"
        rules = 'length = 20\nrule "charset" { charset = "0123456789" }\n'
        done(client.write_data(path, data={"policy": rules}))
        same(rules, client.read(path)["data"]["policy"])
        same(["digits"], client.list("sys/policies/password")["data"]["keys"])
        made = client.read(path + "/generate")["data"]["password"]
        assert len(made) == 20 and made.isdigit()
        same(None, client.delete(path))
        same(None, client.read(path))
