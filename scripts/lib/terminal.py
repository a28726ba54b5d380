# SPDX-License-Identifier: Apache-2.0
"""A shell in a terminal of its own, for the checks that type what a page says and compare what is printed."""

import os
import pty
import re
import select
import signal
import sys
import time

END = "echo '<'done'>'"
# What differs from run to run: where a page shows one, any other may stand. The first is a shortened secret.
VARYING = re.compile(
    r"[\w+/.]{4,8}\u2026[\w+/]{4}|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}-[0-9a-f-]{27}|\bage1[0-9a-z]{58}\b"
    r"|\bSHA256:[\w+/]{43}|\b[0-9a-f]{8}\b")


def fail(message):
    print("FAIL  " + message)
    sys.exit(1)


class Terminal:
    """A shell that shows what commands print and not what is typed."""

    def __init__(self, home, directory):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # Of a caller in the background they are ignored, and then nothing ends by Ctrl-C.
            for heard in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
                signal.signal(heard, signal.SIG_DFL)
            os.chdir(directory)
            os.environ.update(HOME=home, PS1="", PS2="", TERM="dumb", HISTFILE="", PROMPT_COMMAND="")
            os.execvp("bash", ["bash", "--norc", "--noprofile", "--noediting", "-i"])
        self.text = ""
        self.type("stty -echo; PS1=; PS2=")
        self.end()

    def type(self, text):
        os.write(self.terminal, text.encode() + b"\n")

    def until(self, end, seconds=120):
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

    def talk(self, command, *answers):
        """What a command prints that asks questions: pairs of what it asks and what is answered. It may swallow what is
        typed after the last answer, so the end is told by the same line."""
        self.type(command + "; " + END)
        shown = ""
        for prompt, answer in answers:
            shown += self.until(prompt).lstrip("\n") + prompt
            # As a person would: not before the terminal has stopped to show what is typed.
            time.sleep(1)
            self.type(answer)
            shown += answer + "\n" if answer in ("y", "n") else "\n"
        return shown + self.until("<done>\r\n").lstrip("\n")

    def answer(self, command, prompt, answer, rest=""):
        """As talk, with one question, and then more commands."""
        self.type(command + "; " + END)
        shown = self.until(prompt) + prompt if prompt else ""
        time.sleep(1)
        self.type(answer)
        return shown + "\n" + self.until("<done>\r\n").lstrip("\n") + (self.run(rest) if rest else "")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def pattern(line, varying):
    """What may stand for a line of a page: an ellipsis is anything, and columns may be wider."""
    fixed = [re.escape(part).replace("\u2026", ".*") for part in varying.split(line)]
    return re.compile(re.sub(r"(\\ ){2,}", " {2,}", r"\S+".join(fixed)) + r"\s*")


def compare(block, expected, output, varying=VARYING):
    lines = iter(output.splitlines())
    for line in expected:
        if line.strip() and not any(pattern(line, varying).fullmatch(printed) for printed in lines):
            fail("after\n%s\n\nthe page shows\n%s\n\nwhich was not printed there, but\n%s" % (block, line, output))
