# SPDX-License-Identifier: Apache-2.0
"""Rekey, rotation and generation of a root token: with a token on any listener, and as of old, without one, on a
listener with legacy_ceremonies and in development mode."""

import base64

import hvac
from hvac import exceptions

import pgp
from checks import done, has, refused, same, step


def walk(client, legacy, shares):
    """Gives the shares that open the vault in the end."""
    rotate(client)
    shares = rekey(client, shares, 4, 2)
    shares = verified(client, shares)
    if pgp.there():
        shares = pgp.walk(client, shares)
    else:
        print("  (not walked, since gpg was not found: shares for holders of PGP keys)")
    nobody_is_refused(hvac.Client(url=client.url), shares)
    anonymous = hvac.Client(url=legacy)
    shares = rekey(anonymous, shares, 5, 3)
    for caller in (client, anonymous):
        generate_root(caller, client.url, shares)
    return shares


def development(url, share):
    """In development mode everybody may do as of old."""
    anonymous = hvac.Client(url=url)
    shares = verified(anonymous, rekey(anonymous, [share], 3, 2))
    generate_root(anonymous, url, shares)


def rotate(client):
    with step("sys.rotate_encryption_key counts up in get_encryption_key_status"):
        before = client.sys.get_encryption_key_status()["data"]["term"]
        done(client.sys.rotate_encryption_key())
        same(before + 1, client.sys.get_encryption_key_status()["data"]["term"])
        same(before + 1, client.key_status["term"])


def rekey(client, shares, count, threshold):
    with step("sys.start_rekey, cancel_rekey, read_rekey_progress"):
        has({"started": False, "nonce": ""}, client.sys.read_rekey_progress())
        first = client.sys.start_rekey(secret_shares=count, secret_threshold=threshold)
        has({"started": True, "n": count, "t": threshold, "progress": 0}, first)
        refused(exceptions.InvalidRequest, "rekey already in progress",
                client.sys.start_rekey, secret_shares=count, secret_threshold=threshold)
        done(client.sys.cancel_rekey())
        has({"started": False}, client.sys.read_rekey_progress())
    with step("sys.rekey refuses another nonce and the same share twice, and keeps the progress"):
        nonce = client.sys.start_rekey(secret_shares=count, secret_threshold=threshold)["nonce"]
        refused(exceptions.InvalidRequest, "incorrect nonce supplied", client.sys.rekey, shares[0], first["nonce"])
        if len(shares) > 1:
            has({"progress": 1}, client.sys.rekey(shares[0], nonce))
            refused(exceptions.InvalidRequest, "already been provided", client.sys.rekey, shares[0], nonce)
            has({"progress": 1, "nonce": nonce}, client.sys.read_rekey_progress())
    with step("sys.rekey_multi gives the new shares"):
        made = client.sys.rekey_multi(shares[1:] or shares, nonce)
        has({"complete": True, "nonce": nonce}, made)
        same(count, len(set(made["keys"])))
        same([bytes.fromhex(key) for key in made["keys"]], [base64.b64decode(key) for key in made["keys_base64"]])
    return made["keys"]


def verified(client, shares):
    with step("sys.rekey with verification, cancel_rekey_verify, rekey_verify_multi"):
        nonce = client.sys.start_rekey(secret_shares=3, secret_threshold=2, require_verification=True)["nonce"]
        made = client.sys.rekey_multi(shares, nonce)
        has({"complete": True, "verification_required": True}, made)
        has({"started": True, "n": 3, "progress": 0}, client.sys.read_rekey_verify_progress())
        has({"progress": 1}, client.sys.rekey_verify(made["keys"][2], made["verification_nonce"]))
        client.sys.cancel_rekey_verify()
        anew = client.sys.read_rekey_verify_progress()
        has({"progress": 0}, anew)
        assert anew["nonce"] != made["verification_nonce"]
        has({"complete": True}, client.sys.rekey_verify_multi(made["keys"], anew["nonce"]))
    return made["keys"]


def nobody_is_refused(nobody, shares):
    with step("without a token nothing begins or ends on a listener without legacy_ceremonies"):
        for call in (nobody.sys.start_rekey, nobody.sys.cancel_rekey,
                     nobody.sys.start_root_token_generation, nobody.sys.cancel_root_generation):
            refused(exceptions.Forbidden, "permission denied", call)
        has({"started": False}, nobody.sys.read_rekey_progress())


def generate_root(client, url, shares):
    with step("sys.start_root_token_generation, cancel_root_generation"):
        has({"started": True}, client.sys.start_root_token_generation())
        done(client.sys.cancel_root_generation())
        has({"started": False}, client.sys.read_root_generation_progress())
    with step("sys.generate_root, decoded with the one-time pad, is a root token"):
        begun = client.sys.start_root_token_generation()
        for share in shares:
            answer = client.sys.generate_root(share, begun["nonce"])
            if answer["complete"]:
                break
        encoded = answer["encoded_root_token"]
        covered = base64.b64decode(encoded + "=" * (-len(encoded) % 4))
        token = bytes(one ^ other for one, other in zip(covered, begun["otp"].encode())).decode()
        has({"policies": ["root"]}, hvac.Client(url=url, token=token).auth.token.lookup_self()["data"])
