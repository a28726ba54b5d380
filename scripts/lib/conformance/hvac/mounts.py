# SPDX-License-Identifier: Apache-2.0
"""Secrets engines: enable, list, tune, move, disable."""

from hvac import exceptions

from checks import done, has, refused, same, step


def walk(client):
    with step("sys.list_mounted_secrets_engines"):
        mounts = client.sys.list_mounted_secrets_engines()
        for path, kind in (("sys/", "system"), ("cubbyhole/", "cubbyhole"), ("identity/", "identity")):
            same(kind, mounts["data"][path]["type"])
            same(kind, mounts[path]["type"])
    with step("sys.enable_secrets_engine"):
        done(client.sys.enable_secrets_engine("kv", path="secret", options={"version": "2"}))
        done(client.sys.enable_secrets_engine("kv", path="plain", description="of version 1"))
        done(client.sys.enable_secrets_engine("kv", path="moving", options={"version": "1"},
                                              config={"default_lease_ttl": "1h", "max_lease_ttl": "2h"}))
        done(client.sys.enable_secrets_engine("kv-v2"))
        mounts = client.sys.list_mounted_secrets_engines()["data"]
        has({"type": "kv", "options": {"version": "2"}, "local": False}, mounts["secret/"])
        has({"type": "kv", "description": "of version 1"}, mounts["plain/"])
        has({"options": {"version": "2"}}, mounts["kv-v2/"])
        has({"default_lease_ttl": 3600, "max_lease_ttl": 7200}, mounts["moving/"]["config"])
    with step("sys.retrieve_mount_option"):
        same("2", client.sys.retrieve_mount_option("secret", "version"))
        same("none", client.sys.retrieve_mount_option("secret", "colour", "none"))
    with step("sys.enable_secrets_engine where something stands, and of a kind that is none"):
        refused(exceptions.InvalidRequest, "path is already in use at secret/",
                client.sys.enable_secrets_engine, "kv", path="secret")
        refused(exceptions.InvalidRequest, "plugin not found in the catalog: no-such-engine",
                client.sys.enable_secrets_engine, "no-such-engine")
    with step("sys.tune_mount_configuration, read_mount_configuration"):
        done(client.sys.tune_mount_configuration("plain", default_lease_ttl="30m", max_lease_ttl=5400,
                                                 description="tuned", audit_non_hmac_request_keys=["name"],
                                                 listing_visibility="unauth"))
        has({"default_lease_ttl": 1800, "max_lease_ttl": 5400, "description": "tuned", "listing_visibility": "unauth",
             "audit_non_hmac_request_keys": ["name"]}, client.sys.read_mount_configuration("plain")["data"])
        has({"default_lease_ttl": 2764800}, client.sys.read_mount_configuration("secret"))
    with step("sys.tune_mount_configuration upgrades version 1 to 2"):
        done(client.sys.enable_secrets_engine("kv", path="upgraded", options={"version": "1"}))
        client.sys.tune_mount_configuration("upgraded", options={"version": "2"})
        same("2", client.sys.retrieve_mount_option("upgraded", "version"))
    with step("sys.disable_secrets_engine"):
        for path in ("moving", "kv-v2", "upgraded"):
            done(client.sys.disable_secrets_engine(path))
        done(client.sys.disable_secrets_engine("never-there"))
        assert "moving/" not in client.sys.list_mounted_secrets_engines()["data"]
        refused(exceptions.VaultError, "", client.secrets.kv.v1.read_secret, "app", mount_point="moving")
    with step("what Vault mounts itself stays"):
        refused(exceptions.InvalidRequest, "cannot unmount", client.sys.disable_secrets_engine, "sys")
