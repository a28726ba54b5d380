# SPDX-License-Identifier: Apache-2.0
"""What scripts/check-readme runs: types the README's commands into a shell, block by block, answers its prompts, and
compares what is printed with the blocks that follow. With --record it prints what came out instead."""

import os
import pty
import re
import select
import shutil
import signal
import socket
import sys
import tempfile
import time

ROOT = sys.argv[1]
RECORD = "--record" in sys.argv[2:]
END = "echo '<'done'>'"
ASKS = "(will be hidden):"
# What differs from run to run: where the README shows one, any other may stand. The first is a shortened secret.
VARYING = re.compile(r"\b[\w+/.]{4,8}\u2026\w{4}\b|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{8}\b")


def fail(message):
    print("FAIL  " + message)
    sys.exit(1)


class Terminal:
    """A shell in a terminal of its own, which shows what commands print and not what is typed."""

    def __init__(self, home):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ.update(HOME=home, PS1="", PS2="", TERM="dumb", HISTFILE="", PROMPT_COMMAND="")
            os.execvp("bash", ["bash", "--norc", "--noprofile", "--noediting", "-i"])
        self.text = ""
        self.type("stty -echo; PS1=; PS2=")
        self.end()

    def type(self, text):
        os.write(self.terminal, text.encode() + b"\n")

    def until(self, end, seconds=600):
        """What is printed before this text."""
        limit = time.monotonic() + seconds
        while end not in self.text:
            if not select.select([self.terminal], [], [], max(0, limit - time.monotonic()))[0]:
                fail("%r was not printed, but: %s" % (end, self.text))
            self.text += os.read(self.terminal, 65536).decode("utf-8", "replace")
        before, _, self.text = self.text.partition(end)
        return before.replace("\r", "")

    def end(self):
        """What the commands typed so far print."""
        self.type(END)
        return self.until("<done>\r\n")

    def run(self, block):
        self.type(block)
        return self.end()

    def answer(self, command, prompt, answer, rest=""):
        """What a command prints that asks for something. It may swallow what is typed after the answer, so the end is
        told by the same line."""
        self.type(command + "; " + END)
        shown = self.until(prompt) + prompt if prompt else ""
        # As a person would: not before the terminal has stopped to show what is typed.
        time.sleep(1)
        self.type(answer)
        return shown + "\n" + self.until("<done>\r\n").lstrip("\n") + (self.run(rest) if rest else "")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


class Walk:
    """Knows the shares and the token that the vault has given, and who hands in which."""

    def __init__(self, home):
        self.shell = Terminal(home)
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


def pattern(line):
    """What may stand for a line of the README: an ellipsis is anything."""
    fixed = [re.escape(part).replace("\u2026", ".*") for part in VARYING.split(line)]
    return re.compile(r"\S+".join(fixed) + r"\s*")


def compare(block, expected, output):
    lines = iter(output.splitlines())
    for line in expected:
        if line.strip() and not any(pattern(line).fullmatch(printed) for printed in lines):
            fail("after\n%s\n\nthe README shows\n%s\n\nwhich was not printed there, but\n%s" % (block, line, output))


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
    first, second = Terminal(home), Terminal(home)
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
