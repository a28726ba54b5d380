# SPDX-License-Identifier: Apache-2.0
"""What scripts/check-keys runs: the life of the keys that encrypt values, at a terminal with a token, and of one that goes
to another vault. Share holders hand their shares in at a second terminal."""

import json
import os
import re
import sys
import time
import urllib.request

import pages
from terminal import VARYING, Terminal, fail

ROOT, ROOM = sys.argv[1:3]
RECORD = "--record" in sys.argv[3:]
HERE, THERE = os.environ["VAULT_ADDR"], os.environ["OTHER_ADDR"]
SHARE = "Unseal Key (will be hidden): "
BAR = re.compile(r"\[[#.]{30}\] +\d+ %  \d+ of \d+ values, [^\[\n]*")
# How much there is differs from run to run too, and public keys and digests.
MORE = re.compile(VARYING.pattern + r"|\bM[A-Za-z0-9+/]{58,63}=?|\b[0-9a-f]{32,64}\b|\b\d+\b")


class Vault:
    """A daemon, asked without a terminal for what a page does not show."""

    def __init__(self, address):
        self.address = address
        made = self.ask("PUT", "sys/init", {"secret_shares": 3, "secret_threshold": 2}, "")
        self.token, self.shares, self.held = made["root_token"], made["keys_base64"], {}
        for share in self.shares[:2]:
            self.ask("PUT", "sys/unseal", {"key": share}, "")

    def ask(self, method, path, body=None, token=None):
        request = urllib.request.Request(
            self.address + "/v1/" + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"X-Vault-Token": self.token if token is None else token})
        with urllib.request.urlopen(request, timeout=120) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def data(self, path):
        return self.ask("GET", path)["data"]

    def mount(self, path, values):
        """A mount of so many values.

        Returns its scope."""
        self.ask("POST", "sys/mounts/" + path, {"type": "kv"})
        for i in range(values):
            self.ask("PUT", "%s/%d" % (path, i), {"password": "s3cr3t"})
        scope = self.data("sys/mounts")[path + "/"]["uuid"]
        self.held[scope] = self.states(scope)[0][1]
        return scope

    def until(self, what, path, holds):
        limit = time.monotonic() + 120
        while not holds(self.data(path)):
            if time.monotonic() > limit:
                fail("never so: " + what)
            time.sleep(0.2)

    def idle(self):
        self.until("no rewrap is under way", "sys/rewrap", lambda data: not data["under_way"])
        self.until("no key waits", "sys/keys/jobs", lambda data: not data["jobs"])

    def all_under(self, scope, *states):
        """Whether the terms have these states, and the last of them all values."""
        shown = self.states(scope)
        return shown == [(state, 0) for state in states[:-1]] + [(states[-1], self.held[scope])]

    def states(self, scope):
        return [(term["state"], term["values"]) for term in self.data("sys/keys/" + scope)["terms"]]


class Record:
    """What was printed, by the name that a page calls it."""

    def __init__(self, vault, room):
        self.blocks = {}
        self.operator = Terminal(ROOM + "/" + room, ROOM + "/" + room)
        self.operator.run("export VAULT_ADDR=%s VAULT_TOKEN=%s" % (vault.address, vault.token))

    def keep(self, name, command, output):
        bars = BAR.findall(output)
        if bars:
            # One that has grown, the last of the frames that a terminal shows in one place.
            output = bars[-1].rstrip() + "\n" + BAR.sub("", output).lstrip("\n")
        output = output.replace(HERE, "http://127.0.0.1:8200")
        self.blocks[name] = pages.block(command, output)
        return output

    def run(self, name, command):
        return self.keep(name, command, self.operator.run(command))


def expect(holds, what):
    if not holds:
        fail(what)


def yearly(vault, record):
    scope = vault.mount("team", 400)
    vault.ask("POST", "sys/rewrap/config", {"rate": 150})
    record.run("yearly-rotate", "coffer operator rotate -rewrap")
    record.run("yearly-watch", "coffer operator rewrap -status -watch")
    vault.ask("POST", "sys/rewrap/config", {"rate": 0})
    vault.idle()
    expect(vault.all_under(scope, "deprecated", "primary"), "every value is moved")
    record.run("yearly-verify", "coffer operator verify")
    record.run("yearly-list", "coffer operator keys list " + scope)
    record.run("yearly-config", "coffer operator rotate-config -preset=nist-yearly -auto-rewrap")
    record.run("yearly-scope", "coffer operator rotate-config -scope=%s -preset=nist-high-volume" % scope)
    vault.ask("DELETE", "sys/rotate/config?scope=" + scope)


def algorithm(vault, record):
    scope = vault.mount("site", 20)
    record.run("algorithm-rotate", "coffer operator rotate -scope=%s -algorithm=aes256-gcm -rewrap" % scope)
    vault.idle()
    record.run("algorithm-list", "coffer operator keys list " + scope)
    expect(vault.all_under(scope, "deprecated", "primary"), "the other algorithm has all values")


def rekeyed(vault):
    """New shares, handed to whoever has the token."""
    nonce = vault.ask("PUT", "sys/rekey/init", {"secret_shares": 3, "secret_threshold": 2})["nonce"]
    for share in vault.shares[:2]:
        answer = vault.ask("PUT", "sys/rekey/update", {"key": share, "nonce": nonce})
    limit = time.monotonic() + 60
    while "previous_generation" in vault.ask("GET", "sys/rekey/init"):
        expect(time.monotonic() < limit, "the former shares end")
    return answer["keys_base64"]


def compromise(vault, record, holder):
    scope = vault.mount("payments", 20)
    fresh = rekeyed(vault)
    vault.until("the rekey's receipt", "sys/keys/keys", lambda data: data["terms"][-2]["state"] == "destroyed")
    vault.idle()
    record.run("compromise-rekey-receipts", "coffer list sys/receipts")
    record.run("compromise-rotate", "coffer operator rotate -rewrap")
    vault.idle()
    record.run("compromise-list", "coffer operator keys list " + scope)
    destroy = "coffer operator keys destroy -now %s 1" % scope
    record.keep("compromise-old-share", destroy, holder.talk(destroy, (SHARE, vault.shares[2])))
    record.keep("compromise-destroy", destroy, holder.talk(destroy, (SHARE, fresh[0])))
    record.keep("compromise-destroy-last", destroy, holder.talk(destroy, (SHARE, fresh[2])))
    vault.idle()
    expect(vault.states(scope)[0] == ("destroyed", 0), "the old term is destroyed")
    each = ("coffer operator keys list -format=json | jq -r 'to_entries[] | .key as $scope | .value[]"
            " | select(.state == \"deprecated\" and .values == 0) | \"\\($scope) \\(.term)\"'"
            " | while read -r scope term; do coffer operator keys destroy \"$scope\" \"$term\"; done")
    record.operator.run(each)
    left = [state for scope in vault.data("sys/keys").values() for state in scope if state["state"] == "deprecated"]
    expect(not left, "every deprecated term waits to be destroyed: %s" % left)
    record.run("compromise-jobs", "coffer operator keys list -jobs | head -n 4")
    record.run("compromise-restore", "coffer operator keys restore system 1")
    record.run("compromise-receipts", "coffer list sys/receipts")


def tenant(vault, record):
    scope = vault.mount("tenant-a", 20)
    note = record.run("tenant-scope", "coffer read -field=uuid sys/mounts/tenant-a")
    expect(note.strip() == scope, "the scope of the mount: " + note)
    record.run("tenant-disable", "coffer secrets disable tenant-a")
    vault.until("the tenant's receipt", "sys/keys/jobs", lambda data: not [
        job for job in data["jobs"] if job["scope"] == scope])
    record.run("receipt-key", "coffer read -field=public_key sys/receipts/key | tee vault.pem")
    record.operator.run("coffer read -format=json sys/receipts/%s >tenant-a.receipt.json" % scope)
    record.run("receipt-good", "coffer receipt verify -key=vault.pem tenant-a.receipt.json")
    record.operator.run("sed 's/\"mount\": \"tenant-a/\"mount\": \"tenant-b/' tenant-a.receipt.json >bent.json")
    record.run("receipt-bad", "coffer receipt verify -key=vault.pem bent.json; echo $?")


def promotion(here, record, there):
    other = Record(there, "other")
    scope, target = here.mount("app", 20), there.mount("app", 20)
    other.run("promote-key", "coffer read -field=public_key sys/wrapping-key >other.pem\n"
              "openssl pkey -pubin -in other.pem -outform DER | openssl dgst -sha256")
    record.run("promote", "coffer operator keys promote %s ../other/other.pem >../other/app.wrapped" % scope)
    other.run("promote-import", "coffer operator keys import %s app.wrapped" % target)
    other.run("promote-activate", "coffer operator rotate -scope=%s -term=2 -rewrap" % target)
    there.idle()
    other.run("promote-list", "coffer operator keys list " + target)
    expect(there.all_under(target, "deprecated", "primary"), "the other vault uses the key")
    record.run("promote-foreign", "coffer operator keys import %s ../other/app.wrapped" % scope)
    own = ("openssl rand 32 >key && openssl rand 32 >carrier\n"
           "openssl pkeyutl -encrypt -pubin -inkey other.pem -in carrier -out own.wrapped -pkeyopt rsa_padding_mode:oaep"
           " -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256\n"
           "openssl enc -id-aes256-wrap-pad -iv A65959A6 -K \"$(od -An -v -tx1 carrier | tr -d ' \\n')\" -in key"
           " >>own.wrapped\n"
           "rm carrier")
    other.operator.run(own)
    other.run("promote-own", "base64 -w0 own.wrapped | coffer operator keys import %s -" % target)
    expect([state for state, _ in there.states(target)] == ["deprecated", "primary", "available"], "the own key is there")
    record.blocks.update(other.blocks)
    other.operator.close()


def main():
    vault = Vault(HERE)
    record = Record(vault, "operator")
    holder = Terminal(ROOM + "/holder", ROOM + "/holder")
    holder.run("export VAULT_ADDR=%s VAULT_TOKEN=%s" % (vault.address, vault.token))
    try:
        yearly(vault, record)
        algorithm(vault, record)
        compromise(vault, record, holder)
        tenant(vault, record)
        promotion(vault, record, Vault(THERE))
    finally:
        record.operator.close()
        holder.close()
    shown = pages.settle(os.path.join(ROOT, "docs", "keys"), record.blocks, RECORD, MORE,
                         lambda text: BAR.sub("a bar", text))
    print("the pages of docs/keys do what they say: %d recorded blocks" % shown)


main()
