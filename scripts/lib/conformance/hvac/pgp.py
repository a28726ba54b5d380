# SPDX-License-Identifier: Apache-2.0
"""Shares and a root token for holders of PGP keys: opened with gpg, in a directory of its own."""

import base64
import shutil
import subprocess
import tempfile

import hvac

from checks import done, has, same, step

HOLDERS = ("one@example.invalid", "two@example.invalid", "three@example.invalid")


def there():
    return shutil.which("gpg") is not None


class Holders:
    """Keys of three holders, gone when it is closed."""

    def __init__(self):
        self.home = tempfile.mkdtemp()
        for holder in HOLDERS:
            self.gpg("--passphrase", "", "--quick-generate-key", holder, "future-default", "default", "never")
        self.keys = [base64.b64encode(self.gpg("--export", holder)).decode() for holder in HOLDERS]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        subprocess.run(["gpgconf", "--homedir", self.home, "--kill", "all"], check=False)
        shutil.rmtree(self.home, ignore_errors=True)

    def gpg(self, *arguments, given=None):
        command = ["gpg", "--homedir", self.home, "--batch", "--quiet", "--pinentry-mode", "loopback"]
        return subprocess.run(command + list(arguments), input=given, check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE).stdout

    def opened(self, encrypted):
        return self.gpg("--decrypt", given=encrypted).decode()


def walk(client, shares):
    """Gives the shares that open the vault in the end."""
    with Holders() as holders:
        with step("sys.start_rekey for holders of PGP keys, with a backup and verification"):
            begun = client.sys.start_rekey(secret_shares=3, secret_threshold=2, pgp_keys=holders.keys, backup=True,
                                           require_verification=True)
            assert len(begun["pgp_fingerprints"]) == 3 and begun["backup"]
            made = client.sys.rekey_multi(shares, begun["nonce"])
            has({"complete": True, "backup": True, "pgp_fingerprints": begun["pgp_fingerprints"]}, made)
            shares = [holders.opened(bytes.fromhex(key)) for key in made["keys"]]
            same(shares, [holders.opened(base64.b64decode(key)) for key in made["keys_base64"]])
            has({"complete": True}, client.sys.rekey_verify_multi(shares, made["verification_nonce"]))
        with step("sys.read_backup_keys"):
            kept = client.sys.read_backup_keys()["data"]["keys"]
            same(sorted(begun["pgp_fingerprints"]), sorted(kept))
            same(sorted(shares), sorted(holders.opened(bytes.fromhex(keys[0])) for keys in kept.values()))
        with step("sys.start_root_token_generation for a PGP key"):
            begun = client.sys.start_root_token_generation(pgp_key=holders.keys[0])
            assert begun["pgp_fingerprint"]
            for share in shares[:2]:
                answer = client.sys.generate_root(share, begun["nonce"])
            token = holders.opened(base64.b64decode(answer["encoded_root_token"]))
            has({"policies": ["root"]}, hvac.Client(url=client.url, token=token).auth.token.lookup_self()["data"])
            done(client.auth.token.revoke(token))
    return shares
