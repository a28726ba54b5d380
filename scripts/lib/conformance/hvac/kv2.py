# SPDX-License-Identifier: Apache-2.0
"""Key-value version 2 at secret/."""

from hvac import exceptions

from checks import done, has, refused, same, step

DATA = {"text": "gr\u00fc\u00df dich", "number": 12345678901234567890, "list": [1, "zwei", None, True], "deep": {"er": {}}}


def read(kv, path, version=None):
    return kv.read_secret_version(path, version=version, raise_on_deleted_version=True)["data"]


def walk(client):
    kv = client.secrets.kv.v2
    configuration(kv)
    writes(kv)
    versions(kv)
    metadata(kv)
    wrong_paths(client)
    with step("a secret for after the seal"):
        kv.create_or_update_secret("end", {"left": "for the end"})


def configuration(kv):
    with step("kv.v2.configure, read_configuration"):
        has({"max_versions": 0, "cas_required": False, "delete_version_after": "0s"}, kv.read_configuration()["data"])
        done(kv.configure(max_versions=4, cas_required=True, delete_version_after="3h25m19s"))
        has({"max_versions": 4, "cas_required": True, "delete_version_after": "3h25m19s"}, kv.read_configuration()["data"])
        refused(exceptions.InvalidRequest, "check-and-set parameter required for this call",
                kv.create_or_update_secret, "app/one", DATA)
        done(kv.configure(max_versions=4, cas_required=False, delete_version_after="0s"))


def writes(kv):
    with step("kv.v2.create_or_update_secret, read_secret"):
        has({"version": 1, "deletion_time": "", "destroyed": False, "custom_metadata": None},
            kv.create_or_update_secret("app/one", DATA)["data"])
        same(DATA, read(kv, "app/one")["data"])
        same(DATA, kv.read_secret("app/one", raise_on_deleted_version=True)["data"]["data"])
    with step("kv.v2.create_or_update_secret with cas"):
        refused(exceptions.InvalidRequest, "check-and-set parameter did not match the current version",
                kv.create_or_update_secret, "app/one", {"n": 2}, cas=0)
        same(2, kv.create_or_update_secret("app/one", {"n": 2}, cas=1)["data"]["version"])
        same(1, kv.create_or_update_secret("app/new", {"n": 1}, cas=0)["data"]["version"])
    with step("kv.v2.patch"):
        same(3, kv.patch("app/one", {"more": True})["data"]["version"])
        same({"n": 2, "more": True}, read(kv, "app/one")["data"])
        refused(exceptions.InvalidPath, "patch only works on existing data", kv.patch, "app/none", {"a": 1})
    with step("kv.v2.read_secret_version of an older one, and of what is not there"):
        same(DATA, read(kv, "app/one", version=1)["data"])
        same({"n": 2}, read(kv, "app/one", version=2)["data"])
        refused(exceptions.InvalidPath, "", read, kv, "app/one", version=9)
        refused(exceptions.InvalidPath, "", read, kv, "app/none")
    with step("kv.v2.list_secrets"):
        kv.create_or_update_secret("app/deep/er", {"a": 1})
        same(["app/"], kv.list_secrets("")["data"]["keys"])
        same(["deep/", "new", "one"], kv.list_secrets("app")["data"]["keys"])
        refused(exceptions.InvalidPath, "", kv.list_secrets, "nothing/here")


def versions(kv):
    with step("kv.v2.delete_latest_version_of_secret"):
        done(kv.delete_latest_version_of_secret("app/one"))
        refused(exceptions.InvalidPath, "", read, kv, "app/one")
        deleted = kv.read_secret_version("app/one", raise_on_deleted_version=False)["data"]
        same(None, deleted["data"])
        has({"version": 3, "destroyed": False}, deleted["metadata"])
        same({"n": 2}, read(kv, "app/one", version=2)["data"])
    with step("kv.v2.undelete_secret_versions"):
        done(kv.undelete_secret_versions("app/one", [3]))
        same({"n": 2, "more": True}, read(kv, "app/one")["data"])
    with step("kv.v2.delete_secret_versions"):
        done(kv.delete_secret_versions("app/one", [1, 2]))
        refused(exceptions.InvalidPath, "", read, kv, "app/one", version=2)
        done(kv.undelete_secret_versions("app/one", [1]))
        same(DATA, read(kv, "app/one", version=1)["data"])
    with step("kv.v2.destroy_secret_versions"):
        done(kv.destroy_secret_versions("app/one", [2]))
        done(kv.undelete_secret_versions("app/one", [2]))
        refused(exceptions.InvalidPath, "", read, kv, "app/one", version=2)
        same(True, kv.read_secret_metadata("app/one")["data"]["versions"]["2"]["destroyed"])
    with step("the oldest version goes when there are more than max_versions"):
        for n in range(4, 7):
            same(n, kv.create_or_update_secret("app/one", {"n": n})["data"]["version"])
        has({"current_version": 6, "oldest_version": 3}, kv.read_secret_metadata("app/one")["data"])
        refused(exceptions.InvalidPath, "", read, kv, "app/one", version=1)


def metadata(kv):
    with step("kv.v2.update_metadata, read_secret_metadata"):
        done(kv.update_metadata("app/one", max_versions=2, cas_required=True, delete_version_after="1h",
                                custom_metadata={"owner": "team one"}))
        has({"max_versions": 2, "cas_required": True, "delete_version_after": "1h0m0s", "current_version": 6,
             "custom_metadata": {"owner": "team one"}}, kv.read_secret_metadata("app/one")["data"])
        same({"owner": "team one"}, read(kv, "app/one")["metadata"]["custom_metadata"])
        refused(exceptions.InvalidRequest, "check-and-set parameter required for this call",
                kv.create_or_update_secret, "app/one", {"n": 7})
        written = kv.create_or_update_secret("app/one", {"n": 7}, cas=6)["data"]
        assert written["deletion_time"] > written["created_time"], written
    with step("kv.v2.update_metadata of a secret without a version"):
        done(kv.update_metadata("app/planned", max_versions=3))
        has({"current_version": 0, "versions": {}}, kv.read_secret_metadata("app/planned")["data"])
    with step("kv.v2.delete_metadata_and_all_versions"):
        done(kv.delete_metadata_and_all_versions("app/one"))
        refused(exceptions.InvalidPath, "", kv.read_secret_metadata, "app/one")
        refused(exceptions.InvalidPath, "", read, kv, "app/one")
        same(1, kv.create_or_update_secret("app/one", {"n": 1}, cas=0)["data"]["version"])


def wrong_paths(client):
    with step("a path of version 1 on a mount of version 2 is told apart"):
        answer = client.adapter.get("/v1/secret/app", raise_exception=False)
        same(404, answer.status_code)
        assert "Invalid path for a versioned K/V secrets engine" in answer.json()["warnings"][0]
    with step("read, write, list of the client itself"):
        same(1, client.write_data("secret/data/by-hand", data={"data": {"a": "b"}})["data"]["version"])
        same({"a": "b"}, client.read("secret/data/by-hand")["data"]["data"])
        same(["app/", "by-hand"], client.list("secret/metadata")["data"]["keys"])
        same(None, client.delete("secret/metadata/by-hand"))
