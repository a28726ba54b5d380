# SPDX-License-Identifier: Apache-2.0
"""What is left of sys/: moving mounts, quotas, tools, CORS, and what this server has not."""

from hvac import exceptions

from checks import done, has, refused, same, step


def walk(client):
    with step("sys.move_backend takes the secrets along"):
        done(client.sys.enable_secrets_engine("kv", path="from", options={"version": "1"}))
        done(client.secrets.kv.v1.create_or_update_secret("a", {"b": "c"}, mount_point="from"))
        client.sys.move_backend("from", "to")
        mounts = client.sys.list_mounted_secrets_engines()["data"]
        assert "to/" in mounts and "from/" not in mounts
        same({"b": "c"}, client.secrets.kv.v1.read_secret("a", mount_point="to")["data"])
        refused(exceptions.VaultError, "", client.sys.move_backend, "from", "elsewhere")
    with step("sys.create_or_update_quota, read_quota, list_quotas, delete_quota"):
        done(client.sys.create_or_update_quota("slow", rate=2, path="to", interval="1h", rate_limit_type="rate-limit"))
        has({"name": "slow", "rate": 2, "path": "to/", "interval": 3600, "type": "rate-limit"},
            client.sys.read_quota("slow")["data"])
        same(["slow"], client.sys.list_quotas()["data"]["keys"])
        for _ in range(2):
            client.secrets.kv.v1.read_secret("a", mount_point="to")
        refused(exceptions.RateLimitExceeded, "", client.secrets.kv.v1.read_secret, "a", mount_point="to")
        done(client.sys.delete_quota("slow"))
        refused(exceptions.InvalidPath, "", client.sys.read_quota, "slow")
        client.secrets.kv.v1.read_secret("a", mount_point="to")
    with step("tools, CORS, the metrics and the document of the API by the client's own calls"):
        assert len(client.write_data("sys/tools/random/16", data={"format": "hex"})["data"]["random_bytes"]) == 32
        same("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
             client.write_data("sys/tools/hash", data={"input": "YWJj", "format": "base64"})["data"]["sum"])
        same(False, client.read("sys/config/cors")["data"]["enabled"])
        assert client.adapter.get("/v1/sys/internal/specs/openapi")["paths"]
        assert b"vault_core_unsealed" in client.adapter.get("/v1/sys/metrics?format=prometheus").content
    with step("sys.list_enabled_audit_devices and others that are not there say so"):
        for call in (client.sys.list_enabled_audit_devices, client.sys.read_raft_config, client.sys.list_namespaces):
            refused(exceptions.InvalidPath, "unsupported path", call)
