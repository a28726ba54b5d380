# SPDX-License-Identifier: Apache-2.0
"""Puts a secret into every field of every endpoint, as the daemon itself describes them: as a value, as a name, in headers,
and as what the field cannot be. All of them begin alike, so one search finds each."""

import json
import re
import secrets
import string
import urllib.parse

# No capitals: what the vault brings into its one form stays what is looked for.
LETTERS = string.ascii_lowercase + string.digits

SAID = r"^(an answer|audit\.log)$"

# What stands in clear by intent: "METHOD PATH FIELD", the places, why. Names are no secrets: docs/threat-model.md.
CLEAR = [
    (r"\(name\)$", r"^audit\.log$", "names of members, in audit lines"),
    (r"^POST auth/token/create(-orphan)? policies$", r"^audit\.log$", "names of policies, in audit lines"),
    (r"^POST sys/capabilities-self paths?$", r"^audit\.log$", "paths that an answer is by"),
    # Also with what followed them in the name, and cut off where an index of a file needs no more of them.
    (r"^POST identity/(entity|group) name( \(name\))?$|(entity|group)-names/", r"^data/", "names of entities and groups, on the disk"),
    (r" secret_id_accessor( \(name\))?$", SAID, "an accessor that is none, in the words that clients know"),
    (r"^POST auth/oidc/.* role( \(name\))?$", SAID, "a role that is none, in the words that clients know"),
    (r"^POST sys/(auth|mounts)/\{path\} (type|plugin_name)( \(name\))?$", SAID, "a kind that is none, likewise"),
    (r"^POST sys/tools/hash algorithm( \(name\))?$", SAID, "an algorithm that is none, likewise"),
    (r"^POST sys/remount from$", SAID, "a path where nothing is mounted"),
]

# What would end the sweep, or needs shares in the right order; check-canaries walks through it elsewhere.
LEFT_OUT = {"POST sys/seal", "POST auth/token/revoke-self"}


def reason(sent, place):
    """Why this may stand there; nothing if it may not."""
    return next((why for pattern, where, why in CLEAR if re.search(pattern, sent) and re.search(where, place)), "")


class Sweep:
    def __init__(self, daemon):
        self.daemon = daemon
        self.prefix = "".join(secrets.choice(LETTERS) for _ in range(24))
        self.sent = []
        self.answers = []
        self.routes = 0

    def secret(self, where):
        self.sent.append(where)
        return "%s%06d" % (self.prefix, len(self.sent) - 1)

    def where(self, number):
        return self.sent[int(number)]

    def run(self):
        paths = self.daemon.ask("GET", "sys/internal/specs/openapi")
        for path, item in sorted(paths.get("paths", paths.get("data", {}).get("paths")).items()):
            for method, operation in sorted(item.items()):
                name = "%s %s" % (method.upper(), path.strip("/"))
                if name not in LEFT_OUT:
                    self.routes += 1
                    self.route(name, method.upper(), path, operation)
        return self

    def route(self, name, method, path, operation):
        target = re.sub(r"\{(\w+)\}", lambda capture: filled(path, capture[1]), path.lstrip("/"))
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        fields = schema.get("properties", {})
        query = {each["name"]: each["schema"] for each in operation.get("parameters", []) if each["in"] == "query"}
        listing = {"list": "true"} if query.pop("list", None) else {}
        if method in ("POST", "PATCH"):
            for field, kind in fields.items():
                for shape in shapes(lambda what="": self.secret("%s %s%s" % (name, field, what))):
                    self.send(method, target, {field: shape})
            self.send(method, target, {field: fitting(kind, self.secret("%s %s" % (name, field))) for field, kind in fields.items()})
            self.send(method, target, {"unknown": self.secret(name + " (unknown field)")})
            self.send(method, target, {self.secret(name + " (name)"): 1})
            self.send(method, target, raw='{"x":"' + self.secret(name + " (cut off)"))
            form = urllib.parse.urlencode({field: self.secret("%s %s" % (name, field)) for field in fields})
            self.send(method, target, raw=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
        for field in list(query) + ["unknown"]:
            asked = dict(listing, **{field: self.secret("%s %s" % (name, field))})
            self.send(method, target + "?" + urllib.parse.urlencode(asked))
        self.headers(name, method, target + ("?list=true" if listing else ""))

    def headers(self, name, method, target):
        for header in ("X-Vault-Token", "Authorization", "X-Vault-Wrap-TTL", "X-Vault-Namespace", "X-Vault-MFA", "User-Agent",
                       "Cookie", "X-Forwarded-For", "Content-Type", "Origin", "X-Unknown"):
            value = self.secret("%s (header %s)" % (name, header))
            self.send(method, target, headers={header: "Bearer " + value if header == "Authorization" else value})

    def send(self, method, target, body=None, raw=None, headers=None):
        more = dict(headers or {})
        if method == "PATCH":
            more.setdefault("Content-Type", "application/merge-patch+json")
        status, content = self.daemon.tell(method, target, json.dumps(body) if body is not None else raw, more)
        if status >= 400:
            self.answers.append("%d: %s" % (status, content))


def filled(path, capture):
    """Something that is there, where that leads further."""
    if path.endswith("/tune"):
        return "one" if "/mounts/" in path else "userpass"
    return {"kv": "name-in-clear/swept"}.get(capture, "swept")


def shapes(secret):
    """A value in each shape that JSON has, of which a field can be one at most."""
    return [secret(), [secret()], {"k": secret()}, {secret(" (name)"): "v"}, [{"k": [secret()]}], secret(" (name)") + "=" + secret()]


def fitting(kind, secret):
    """A value that a field of this kind takes."""
    if kind.get("format") == "duration":
        return "1m"
    return {"integer": 1, "boolean": True, "array": [secret], "object": {"k": secret}}.get(kind.get("type"), secret)
