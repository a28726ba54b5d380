# SPDX-License-Identifier: Apache-2.0
"""Leases, of secrets of an engine that gives them, and of logins."""

import hvac
from hvac import exceptions

from checks import done, has, refused, same, step


def walk(client):
    with step("a secret with a lease"):
        done(client.sys.enable_secrets_engine("kv", path="leased", options={"leased_passthrough": "true"}))
        done(client.write_data("leased/app/one", data={"user": "u", "ttl": "30m"}))
        first = client.read("leased/app/one")
        has({"renewable": True, "lease_duration": 1800}, first)
        assert first["lease_id"].startswith("leased/app/one/")
    lease = first["lease_id"]
    with step("sys.read_lease, list_leases"):
        has({"id": lease, "renewable": True, "last_renewal": None}, client.sys.read_lease(lease)["data"])
        same([lease.rsplit("/", 1)[1]], client.sys.list_leases("leased/app/one")["data"]["keys"])
        same(["app/"], client.sys.list_leases("leased")["data"]["keys"])
        refused(exceptions.InvalidPath, "", client.sys.list_leases, "never/there")
        refused(exceptions.InvalidRequest, "invalid lease", client.sys.read_lease, "leased/app/one/never-there")
    with step("sys.renew_lease"):
        has({"lease_id": lease, "renewable": True, "lease_duration": 3600}, client.sys.renew_lease(lease, increment=3600))
        assert client.sys.renew_lease(lease)["lease_duration"] > 0
        assert client.sys.read_lease(lease)["data"]["last_renewal"]
        refused(exceptions.InvalidRequest, "lease not found", client.sys.renew_lease, "leased/app/one/never-there")
    with step("sys.revoke_lease, twice"):
        done(client.sys.revoke_lease(lease))
        done(client.sys.revoke_lease(lease))
        refused(exceptions.InvalidRequest, "invalid lease", client.sys.read_lease, lease)
    with step("sys.revoke_prefix, revoke_force"):
        for revoke in (client.sys.revoke_prefix, client.sys.revoke_force):
            leases = [client.read("leased/app/one")["lease_id"] for _ in range(3)]
            done(revoke("leased/app"))
            for lease in leases:
                refused(exceptions.InvalidRequest, "invalid lease", client.sys.read_lease, lease)
    with step("sys.revoke_prefix of logins"):
        token = client.auth.userpass.login("ada", "second", use_token=False)["auth"]["client_token"]
        refused(exceptions.InvalidRequest, "tokens cannot be renewed through this endpoint",
                client.sys.renew_lease, "auth/userpass/login/ada/h0123456789")
        done(client.sys.revoke_prefix("auth/userpass/login"))
        refused(exceptions.Forbidden, "bad token", client.auth.token.lookup, token)
    with step("leases go with the token that got them"):
        client.sys.create_or_update_policy("leaser", 'path "leased/*" { capabilities = ["read"] }')
        token = client.auth.token.create(policies=["leaser"], ttl="1h")["auth"]["client_token"]
        lease = hvac.Client(url=client.url, token=token).read("leased/app/one")["lease_id"]
        done(client.auth.token.revoke(token))
        refused(exceptions.InvalidRequest, "invalid lease", client.sys.read_lease, lease)
    with step("leases/tidy, leases/count by the client's own calls"):
        client.write_data("sys/leases/tidy")
        same(0, client.adapter.get("/v1/sys/leases/count?type=irrevocable")["data"]["lease_count"])
