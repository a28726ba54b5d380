# SPDX-License-Identifier: Apache-2.0
"""Key-value version 1 at plain/, and the client's read, list, write, write_data and delete."""

from hvac import exceptions

from checks import done, has, refused, same, step

VALUE = {"text": "gr\u00fc\u00df dich", "number": 12345678901234567890, "list": [1, "zwei", None, True], "deep": {"er": {}}}


def walk(client):
    kv = client.secrets.kv.v1
    with step("kv.v1.create_or_update_secret, read_secret"):
        done(kv.create_or_update_secret("app/one", VALUE, mount_point="plain"))
        answer = kv.read_secret("app/one", mount_point="plain")
        same(VALUE, answer["data"])
        has({"lease_id": "", "renewable": False, "lease_duration": 1800, "warnings": None, "auth": None}, answer)
    with step("kv.v1.create_or_update_secret replaces, by POST and by PUT"):
        done(kv.create_or_update_secret("app/one", {"only": "this"}, method="POST", mount_point="plain"))
        same({"only": "this"}, kv.read_secret("app/one", mount_point="plain")["data"])
        done(kv.create_or_update_secret("app/one", {"and": "that"}, method="PUT", mount_point="plain"))
        same({"and": "that"}, kv.read_secret("app/one", mount_point="plain")["data"])
    with step("kv.v1.list_secrets"):
        done(kv.create_or_update_secret("app/two/three", {"a": 1}, mount_point="plain"))
        same(["app/"], kv.list_secrets("", mount_point="plain")["data"]["keys"])
        same(["one", "two/"], kv.list_secrets("app", mount_point="plain")["data"]["keys"])
        same(["one", "two/"], kv.list_secrets("app/", mount_point="plain")["data"]["keys"])
        refused(exceptions.InvalidPath, "", kv.list_secrets, "nothing/here", mount_point="plain")
    with step("kv.v1.delete_secret, twice"):
        done(kv.delete_secret("app/two/three", mount_point="plain"))
        done(kv.delete_secret("app/two/three", mount_point="plain"))
        refused(exceptions.InvalidPath, "", kv.read_secret, "app/two/three", mount_point="plain")
        same(["one"], kv.list_secrets("app", mount_point="plain")["data"]["keys"])
    with step("write, write_data, read, list, delete of the client itself"):
        done(client.write("plain/by-hand", None, name="value"))
        same({"name": "value"}, client.read("plain/by-hand")["data"])
        done(client.write_data("plain/by-hand", data={"path": "anything", "wrap_ttl": "too"}))
        same({"path": "anything", "wrap_ttl": "too"}, client.read("plain/by-hand")["data"])
        same(["app/", "by-hand"], client.list("plain")["data"]["keys"])
        same(None, client.delete("plain/by-hand"))
        same(None, client.read("plain/by-hand"))
        same(None, client.list("plain/nothing"))
