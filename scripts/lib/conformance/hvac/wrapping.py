# SPDX-License-Identifier: Apache-2.0
"""Response wrapping, and the cubbyhole below it."""

import hvac
from hvac import exceptions

from checks import done, has, refused, same, step

GONE = "wrapping token is not valid or does not exist"


def walk(client):
    with step("sys.wrap, unwrap with the token in the body"):
        wrap = client.sys.wrap({"a": "b"}, ttl=120)["wrap_info"]
        has({"ttl": 120, "creation_path": "sys/wrapping/wrap"}, wrap)
        same({"a": "b"}, client.sys.unwrap(wrap["token"])["data"])
    with step("a second unwrap is refused"):
        refused(exceptions.InvalidRequest, GONE, client.sys.unwrap, wrap["token"])
        refused(exceptions.InvalidRequest, GONE, client.sys.unwrap, "hvs.never-there")
    with step("unwrap with the token as the client's"):
        wrap = client.sys.wrap({"c": "d"}, ttl="1m")["wrap_info"]
        bearer = hvac.Client(url=client.url, token=wrap["token"])
        same({"c": "d"}, bearer.sys.unwrap()["data"])
        refused(exceptions.VaultError, GONE, bearer.sys.unwrap)
    with step("lookup by the client's write, without a token too"):
        wrap = client.sys.wrap({"e": "f"})["wrap_info"]
        for asking in (client, hvac.Client(url=client.url)):
            found = asking.write_data("sys/wrapping/lookup", data={"token": wrap["token"]})["data"]
            has({"creation_ttl": 60, "creation_path": "sys/wrapping/wrap"}, found)
            same(wrap["creation_time"], found["creation_time"])
    with step("rewrap ends the one and gives another"):
        anew = client.write_data("sys/wrapping/rewrap", data={"token": wrap["token"]})["wrap_info"]
        has({"ttl": 60, "creation_path": "sys/wrapping/wrap"}, anew)
        refused(exceptions.InvalidRequest, GONE, client.sys.unwrap, wrap["token"])
        same({"e": "f"}, client.sys.unwrap(anew["token"])["data"])
    with step("read with wrap_ttl"):
        wrap = client.read("secret/data/app/allowed", wrap_ttl="30s")["wrap_info"]
        has({"ttl": 30, "creation_path": "secret/data/app/allowed"}, wrap)
        same({"a": 1}, client.sys.unwrap(wrap["token"])["data"]["data"])
    with step("auth_cubbyhole takes the token that was wrapped"):
        wrap = client.auth.token.create(policies=["reader"], ttl="1h", wrap_ttl="30s")["wrap_info"]
        taker = hvac.Client(url=client.url)
        auth = taker.auth_cubbyhole(wrap["token"])["auth"]
        same(auth["client_token"], taker.token)
        same(["default", "reader"], taker.auth.token.lookup_self()["data"]["policies"])
    with step("the cubbyhole of a token is its own"):
        done(taker.write_data("cubbyhole/mine", data={"x": "y"}))
        same({"x": "y"}, taker.read("cubbyhole/mine")["data"])
        same(["mine"], taker.list("cubbyhole")["data"]["keys"])
        same(None, client.read("cubbyhole/mine"))
        same(None, taker.delete("cubbyhole/mine"))
        same(None, taker.read("cubbyhole/mine"))
