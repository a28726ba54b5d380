# SPDX-License-Identifier: Apache-2.0
"""What a step of the walk may claim. The first claim that does not hold ends the walk, with the step that made it."""

import contextlib

steps = 0


@contextlib.contextmanager
def step(name):
    """One call of the client, or a few that belong together."""
    global steps
    steps += 1
    print("  " + name)
    yield


def same(expected, actual):
    assert actual == expected, "expected %r, got %r" % (expected, actual)


def has(expected, actual):
    """Every entry of `expected` stands in `actual`, which may hold more."""
    same(expected, {key: actual.get(key, "(absent)") for key in expected})


def done(answer):
    """The client got 204: it hands out the response itself."""
    same(204, getattr(answer, "status_code", answer))


def refused(kind, text, call, *arguments, **named):
    """The client raises its exception for this status, with this text from the server in it."""
    try:
        answer = call(*arguments, **named)
    except kind as refusal:
        assert text in str(refusal), "expected %r in %r" % (text, str(refusal))
        return refusal
    raise AssertionError("expected %s, got %r" % (kind.__name__, answer))
