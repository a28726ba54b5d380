# SPDX-License-Identifier: Apache-2.0
"""Blocks of pages that show what a command prints, each below `<!-- recorded: NAME -->`."""

import os
import re
import sys

from terminal import VARYING, compare

MARK = re.compile(r"(<!-- recorded: ([a-z0-9-]+) -->\n```\n)(.*?)(```\n)", re.S)
# Secrets of a throwaway vault, and yet: a page shows how they begin and end.
SECRET = re.compile(r"(?<![\w+/.:])(?:[A-Za-z0-9+/]{100,}={0,2}|[A-Za-z0-9+/]{43,44}=?|[0-9a-f]{66}|hvs\.\w{24}|[A-Za-z0-9+/]{38}|\w{28})(?![\w+/=])")


def block(command, output):
    """A command and what it printed, as a page shows it."""
    text = "$ " + command.replace("\n", "\n$ ") + "\n" + "\n".join(line.rstrip() for line in output.rstrip("\n").split("\n"))
    text = text.rstrip("\n")
    return SECRET.sub(lambda secret: secret[0][:8] + "\u2026" + secret[0].rstrip("=")[-4:], text)


def settle(folder, blocks, record, varying=VARYING, plain=str):
    """Compares the pages of a folder with what was printed, or writes it into them.

    What both are before they are compared is for plain to say. Returns how many blocks they show."""
    shown = set()
    for page in sorted(os.listdir(folder)):
        with open(os.path.join(folder, page)) as file:
            text = file.read()
        if record:
            with open(os.path.join(folder, page), "w") as file:
                file.write(MARK.sub(lambda part: part[1] + blocks[part[2]] + "\n" + part[4], text))
        for part in MARK.finditer(text):
            shown.add(part[2])
            if not record:
                compare(page + ": " + part[2], plain(part[3]).splitlines(), plain(blocks[part[2]]), varying)
    if record:
        print("not on a page: " + ", ".join(sorted(set(blocks) - shown)))
        if "--show" in sys.argv:
            for name, text in blocks.items():
                print("== %s\n%s" % (name, text))
    return len(shown)
