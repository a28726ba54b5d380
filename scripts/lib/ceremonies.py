# SPDX-License-Identifier: Apache-2.0
"""What scripts/check-ceremonies runs: the life of a vault's shares, at two terminals. One is the operator's, who has a
token; at the other the holders sit, one after the other, and have none."""

import os
import re
import sys

import pages
from terminal import Terminal, fail

ROOT, ROOM = sys.argv[1:3]
RECORD = "--record" in sys.argv[3:]
SHARE = "Unseal Key (will be hidden): "
CONSENT = "Hand in your share for this? (y/N): "
FOREIGN = "ab" * 32 + "01"


class Record:
    """What was printed, by the name that a page calls it."""

    def __init__(self):
        self.blocks = {}
        self.operator = Terminal(ROOM + "/operator", ROOM + "/operator")
        self.holder = Terminal(ROOM + "/holder", ROOM + "/holder")

    def close(self):
        self.operator.close()
        self.holder.close()

    def keep(self, name, command, output):
        if name:
            output = output.replace(os.environ["VAULT_ADDR"], "http://127.0.0.1:8200")
            self.blocks[name] = pages.block(command, output)
        return output

    def run(self, name, command):
        return self.keep(name, command, self.operator.run(command))

    def hand_in(self, name, command, share, consent=False, terminal=None):
        asked = ([(CONSENT, "y")] if consent else []) + [(SHARE, share)]
        return self.keep(name, command, (terminal or self.holder).talk(command, *asked))


def found(text, what):
    match = re.search(what, text, re.M)
    return match[1] if match else fail("no %r in %s" % (what, text))


def first_unseal(record):
    init = record.operator.run("coffer operator init")
    shares = re.findall(r"^Unseal Key \d+: (\S+)", init, re.M)
    record.operator.run("export VAULT_TOKEN=" + found(init, r"^Initial Root Token: (\S+)"))
    record.hand_in("unseal-first", "coffer operator unseal", shares[0])
    record.hand_in("unseal-foreign", "coffer operator unseal", FOREIGN)
    record.hand_in("", "coffer operator unseal", shares[1])
    record.hand_in("unseal-last", "coffer operator unseal", shares[2])
    return shares


def drill(record, shares):
    record.hand_in("check", "coffer operator share check", shares[3])
    record.hand_in("check-report", "coffer operator share check -report", shares[3], terminal=record.operator)


def rotation(record):
    record.run("key-status-before", "coffer operator key-status")
    record.run("rotate-plan", "coffer write sys/rotate dry_run=true")
    record.run("rotate", "coffer operator rotate")
    record.run("key-status-after", "coffer operator key-status")


def root_generation(record, shares):
    begun = record.run("root-begin", "coffer operator generate-root -init")
    pad = found(begun, r"^OTP\s+(\S+)")
    record.hand_in("root-first", "coffer operator generate-root", shares[0], consent=True)
    record.hand_in("", "coffer operator generate-root", shares[1], consent=True)
    made = record.hand_in("root-last", "coffer operator generate-root", shares[2], consent=True)
    encoded = found(made, r"^Encoded Token\s+(\S+)")
    decode = "coffer operator generate-root -decode=" + encoded
    token = record.keep("root-decode", decode, record.operator.talk(decode, ("One-Time Pad (will be hidden): ", pad)))
    revoke = "coffer write -f auth/token/revoke-self"
    login = "VAULT_TOKEN=%s " % token.strip().split()[-1]
    record.keep("root-revoke", revoke, record.operator.run(login + revoke))


def rekey(record, shares):
    record.run("rekey-plan", "coffer operator rekey -init -dry-run -key-shares=4 -key-threshold=2")
    record.run("rekey-begin", "coffer operator rekey -init -key-shares=4 -key-threshold=2")
    record.keep("cancel-refused", "coffer operator rekey -cancel", record.holder.run("coffer operator rekey -cancel"))
    record.hand_in("rekey-agree", "coffer operator rekey", shares[0], consent=True)
    record.hand_in("", "coffer operator rekey", shares[1], consent=True)
    record.hand_in("rekey-all-in", "coffer operator rekey", shares[2], consent=True)
    made = record.run("rekey-collect", "coffer operator rekey -collect")
    fresh = re.findall(r"^Key \d+: (\S+)", made, re.M)
    verify = "coffer operator rekey -verify -nonce=" + found(made, r"-verify -nonce=(\S+)")
    record.hand_in("rekey-verify", verify, fresh[0], consent=True)
    record.hand_in("rekey-verify-last", verify, fresh[2], consent=True)
    record.run("rekey-status", "coffer operator rekey -status")
    record.hand_in("check-old", "coffer operator share check", shares[4])
    return fresh


def to_holders(record, shares):
    shell = record.operator
    shell.run("age-keygen -o ada.key 2>ada.log; age-keygen -y ada.key >ada.txt")
    shell.run("ssh-keygen -q -t ed25519 -N '' -C grace -f grace; age-keygen -o mary.key 2>/dev/null; "
              "age-keygen -y mary.key >mary.txt")
    record.run("named-begin", "coffer operator rekey -init -key-threshold=2 -share-holder=Ada=ada.txt "
               "-share-holder=Grace=grace.pub -share-holder=Mary=mary.txt")
    record.hand_in("named-agree", "coffer operator rekey", shares[1], consent=True)
    made = record.hand_in("named-last", "coffer operator rekey", shares[3], consent=True)
    record.run("named-waiting", "coffer operator share fetch")
    fetched = []
    for index, key in (1, "ada.key"), (2, "grace"):
        command = "coffer operator share fetch 3 %d | age -d -i %s" % (index, key)
        fetched.append(record.run("named-fetch" if index == 1 else "", command).strip())
    record.hand_in("named-acknowledge", "coffer operator share acknowledge", fetched[0])
    verify = "coffer operator rekey -verify -nonce=" + found(made, r"-verify -nonce=(\S+)")
    for share in fetched:
        record.hand_in("", verify, share, consent=True)
    record.hand_in("", "coffer operator share check -report", fetched[0], terminal=record.operator)
    record.run("holders", "coffer read -format=json sys/share/holders")
    return fetched


def reopened(record, former, shares):
    record.operator.run("coffer operator seal")
    record.hand_in("unseal-former", "coffer operator unseal", former[0])
    for share in shares:
        last = record.hand_in("", "coffer operator unseal", share)
    if not re.search(r"^Sealed\s+false", last, re.M):
        fail("the new shares do not open the vault: " + last)


def main():
    record = Record()
    try:
        shares = first_unseal(record)
        drill(record, shares)
        rotation(record)
        root_generation(record, shares)
        fresh = rekey(record, shares)
        named = to_holders(record, fresh)
        reopened(record, shares, named)
    finally:
        record.close()
    shown = pages.settle(os.path.join(ROOT, "docs", "shares"), record.blocks, RECORD)
    print("the pages of docs/shares do what they say: %d recorded blocks" % shown)


main()
