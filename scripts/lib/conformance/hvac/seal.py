# SPDX-License-Identifier: Apache-2.0
"""Init, unseal, seal, and what may be asked without a token."""

from hvac import exceptions

from checks import done, has, refused, same, step


def initialize(client):
    with step("sys.read_init_status, is_initialized, health and seal status before init"):
        same({"initialized": False}, client.sys.read_init_status())
        same(False, client.sys.is_initialized())
        same(501, client.sys.read_health_status().status_code)
        has({"initialized": False, "sealed": True, "t": 0, "n": 0}, client.sys.read_seal_status())
    with step("sys.initialize refuses a threshold above the shares"):
        refused(exceptions.InvalidRequest, "threshold cannot be larger than shares",
                client.sys.initialize, secret_shares=2, secret_threshold=3)
    with step("sys.initialize"):
        answer = client.sys.initialize(secret_shares=5, secret_threshold=3)
        same(5, len(set(answer["keys"])))
        same(5, len(set(answer["keys_base64"])))
        client.token = answer["root_token"]
    with step("sys.initialize a second time"):
        refused(exceptions.InvalidRequest, "Vault is already initialized",
                client.sys.initialize, secret_shares=1, secret_threshold=1)
    return answer["keys"]


def unseal(client, shares):
    with step("sealed: everything else is refused"):
        same(True, client.sys.is_sealed())
        same(503, client.sys.read_health_status(method="GET").status_code)
        refused(exceptions.VaultDown, "Vault is sealed", client.sys.list_mounted_secrets_engines)
    with step("sys.submit_unseal_key, and its reset"):
        has({"sealed": True, "progress": 1, "t": 3, "n": 5}, client.sys.submit_unseal_key(key=shares[4]))
        has({"sealed": True, "progress": 0}, client.sys.submit_unseal_key(reset=True))
    with step("sys.submit_unseal_key refuses what is no share"):
        refused(exceptions.InvalidRequest, "must be a valid hex or base64 string",
                client.sys.submit_unseal_key, key="no share at all!")
    with step("sys.submit_unseal_keys"):
        has({"sealed": False, "progress": 0}, client.sys.submit_unseal_keys(shares[:3]))
        same(False, client.sys.is_sealed())
        same(False, client.seal_status["sealed"])
    with step("sys.read_health_status, read_leader_status"):
        same(200, client.sys.read_health_status().status_code)
        has({"initialized": True, "sealed": False, "standby": False}, client.sys.read_health_status(method="GET"))
        assert "ha_enabled" in client.sys.read_leader_status()
        assert "ha_enabled" in client.ha_status
    with step("is_authenticated, lookup_token"):
        same(True, client.is_authenticated())
        has({"policies": ["root"], "ttl": 0, "path": "auth/token/root"}, client.lookup_token()["data"])
        has({"policies": ["root"]}, client.auth.token.lookup_self()["data"])
    with step("a token that is none"):
        good, client.token = client.token, "hvs.not-a-token-of-this-vault"
        same(False, client.is_authenticated())
        refused(exceptions.Forbidden, "permission denied", client.sys.list_mounted_secrets_engines)
        client.token = good


def seal(client, shares):
    with step("sys.seal"):
        done(client.sys.seal())
        same(True, client.sys.is_sealed())
        refused(exceptions.VaultDown, "Vault is sealed", client.read, "secret/data/app")
    with step("three other shares open it again, and what was written is there"):
        client.sys.submit_unseal_keys(shares[2:])
        same({"left": "for the end"}, client.secrets.kv.v2.read_secret("end", raise_on_deleted_version=True)["data"]["data"])
        done(client.sys.seal())
