# SPDX-License-Identifier: Apache-2.0
"""What scripts/check-readme runs: types the README's commands into a shell, block by block, answers its prompts, and
compares what is printed with the blocks that follow. With --record it prints what came out instead."""

import os
import re
import shutil
import signal
import socket
import sys
import tempfile

from terminal import Terminal, compare, fail

ROOT = sys.argv[1]
RECORD = "--record" in sys.argv[2:]
ASKS = "(will be hidden):"


class Walk:
    """Knows the shares and the token that the vault has given, and who hands in which."""

    def __init__(self, home):
        self.shell = Terminal(home, ROOT)
        self.shares, self.token, self.daemons = [], None, []
        # Those who come to the first, the second and the last unsealing.
        self.holders = iter((1, 2, 3, 2, 4, 5, 1))

    def holder(self):
        return self.shares[next(self.holders) - 1]

    def take(self, block):
        if block == "scripts/coffer operator unseal":
            return "".join(self.shell.answer(block, ASKS, self.holder()) for _ in range(3))
        if block == "scripts/coffer login":
            return self.shell.answer(block, ASKS, self.token)
        if block.startswith("read -rs"):
            command, _, rest = block.partition("\n")
            return self.shell.answer(command, "", self.holder(), rest)
        output = self.shell.run(block)
        self.daemons += [int(pid) for pid in re.findall(r"^\[\d+\] (\d+)$", output, re.M)]
        self.shares = re.findall(r"^Unseal Key \d+: (\S+)", output, re.M) or self.shares
        token = re.search(r"^Initial Root Token: (\S+)", output, re.M)
        self.token = token[1] if token else self.token
        return output


def blocks(text, heading):
    """The commands below a heading, each with the lines that it is said to print."""
    section = text.split("\n## " + heading + "\n")[1].split("\n## ")[0]
    found = []
    for language, body in re.findall(r"^```(\w*)\n(.*?)\n```$", section, re.M | re.S):
        if language == "sh":
            found.append((body, []))
        else:
            found[-1][1].extend(body.splitlines())
    return found


def try_it(text, home):
    server, client, _ = [block for block, _ in blocks(text, "Try it")]
    first, second = Terminal(home, ROOT), Terminal(home, ROOT)
    try:
        first.type(server)
        first.until("server started")
        output = second.run(client)
        if "correct-horse" not in output:
            fail("the first secret does not come back, but: " + output)
        os.write(first.terminal, b"\x03")
        first.end()
    finally:
        first.close()
        second.close()


def real_vault(text, home):
    walk = Walk(home)
    try:
        for block, expected in blocks(text, "A real vault"):
            output = walk.take(block)
            if RECORD:
                print("$ " + block.replace("\n", "\n$ ") + "\n" + output)
            else:
                compare(block, expected, output)
    finally:
        for daemon in walk.daemons[-1:]:
            os.kill(daemon, signal.SIGKILL)
        walk.shell.close()


def main():
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 8200)) == 0:
            print("skip  README: something listens on port 8200 already")
            return
    with open(os.path.join(ROOT, "README.md")) as readme:
        text = readme.read()
    home = tempfile.mkdtemp()
    try:
        try_it(text, home)
        real_vault(text, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("the README does what it says")


main()
