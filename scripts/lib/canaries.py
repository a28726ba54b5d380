# SPDX-License-Identifier: Apache-2.0
"""What scripts/check-canaries runs: known values, shares and tokens go through a vault, and are looked for in its files."""

import base64
import http.client
import json
import os
import re
import secrets
import shutil
import string
import subprocess
import sys
import tempfile
import time

import everyfield

ROOT = sys.argv[1]
LETTERS = string.ascii_letters + string.digits
canaries = {}


def fail(message):
    print("FAIL  " + message)
    sys.exit(1)


def canary(name):
    """A new secret of 32 letters and digits, by the name that a finding is told by."""
    canaries[name] = "".join(secrets.choice(LETTERS) for _ in range(32)).encode()
    return canaries[name].decode()


def keep(name, text):
    """A secret that the vault has made; shares are bytes, and hex or base64 of them is another form."""
    canaries[name] = text if isinstance(text, bytes) else text.encode()
    return text


def forms(secret):
    """What a secret can look like: raw, hex, base64 wherever it begins in a longer text, UTF-16."""
    found = {"raw": secret, "hex": secret.hex().encode(), "HEX": secret.hex().upper().encode()}
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + secret)
        # Only the part that what comes before and after cannot change.
        text = text[(0, 2, 3)[shift]:len(text.rstrip(b"=")) - 1]
        found["base64 at %d" % shift] = text
        found["base64url at %d" % shift] = text.translate(bytes.maketrans(b"+/", b"-_"))
    found["UTF-16LE"] = b"".join(bytes((b, 0)) for b in secret)
    found["UTF-16BE"] = b"".join(bytes((0, b)) for b in secret)
    return found


def files(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    yield os.path.relpath(path, folder), file.read()


def findings(folder, wanted):
    return ["%s as %s in %s" % (name, form, path)
            for path, content in files(folder)
            for name, secret in wanted.items()
            for form, pattern in forms(secret).items()
            if pattern in content]


class Daemon:
    """Over a room of its own, with every line of the log that there is, and an audit file."""

    def __init__(self, room):
        self.room, self.token, self.shares = room, None, []
        for folder in ("kept", "tmp"):
            os.mkdir(os.path.join(room, folder))
        with open(os.path.join(room, "coffer.hcl"), "w") as file:
            file.write("""
disable_mlock = true
log_level = "trace"
audit_directory = "%(kept)s"
storage "rocksdb" { path = "%(kept)s/data" }
listener "tcp" {
  address     = "127.0.0.1:0"
  tls_disable = true
}
audit "file" "file" { options { file_path = "audit.log" } }
""" % {"kept": os.path.join(room, "kept")})

    def start(self):
        log = os.path.join(self.room, "kept", "daemon-%d.log" % time.monotonic_ns())
        environment = dict(os.environ, COFFER_JAVA_OPTS="-Djava.io.tmpdir=" + os.path.join(self.room, "tmp"))
        with open(log, "wb") as output:
            self.process = subprocess.Popen(
                [os.path.join(ROOT, "scripts", "coffer"), "server", "-config=" + os.path.join(self.room, "coffer.hcl")],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment)
        for _ in range(600):
            with open(log) as text:
                port = re.search(r"127\.0\.0\.1:([1-9]\d*)", text.read())
            if port:
                self.port = int(port[1])
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        with open(log) as text:
            fail("the daemon did not start: " + text.read())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def tell(self, method, path, text, headers):
        """Sends as it is, with the root token if there is no other."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, "/v1/" + path, text, dict({"X-Vault-Token": self.token or ""}, **headers))
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, content

    def ask(self, method, path, body=None, token=None, expect=(200, 204), raw=None, headers=None):
        text = raw if raw is not None else json.dumps(body) if body is not None else None
        status, content = self.tell(method, path, text, dict(headers or {}, **({"X-Vault-Token": token} if token else {})))
        if status not in expect:
            fail("%s %s: %d %s" % (method, path, status, content))
        return json.loads(content) if content else {}

    def unseal(self):
        for share in self.shares[:3]:
            self.ask("PUT", "sys/unseal", {"key": share})


def make(daemon):
    """Init and unseal; each share in the three ways that it is sent or kept, the root token."""
    made = daemon.ask("PUT", "sys/init", {"secret_shares": 5, "secret_threshold": 3})
    daemon.shares, daemon.token = made["keys"], keep("root token", made["root_token"])
    keep_shares("share", made["keys"])
    daemon.ask("PUT", "sys/unseal", {"key": canary("a share that is none")}, expect=(400,))
    daemon.unseal()


def keep_shares(name, shares):
    for number, share in enumerate(shares, 1):
        # Without its last byte, the index: a key or a share of one byte less is as bad.
        keep("%s %d" % (name, number), bytes.fromhex(share)[:32])
        keep("%s %d as text" % (name, number), share)


def write_values(daemon):
    daemon.ask("POST", "sys/mounts/one", {"type": "kv"})
    daemon.ask("POST", "sys/mounts/two", {"type": "kv-v2"})
    for mount, wrap in (("one/", lambda data: data), ("two/data/", lambda data: {"data": data}), ("cubbyhole/", lambda data: data)):
        for number in range(50):
            name = mount + "name-in-clear/%d" % number
            daemon.ask("POST", name, wrap({"value": canary(name), "deep": [{"er": canary(name + " deep")}]}))
    merge = {"Content-Type": "application/merge-patch+json"}
    daemon.ask("PATCH", "two/data/name-in-clear/1", {"data": {"more": canary("a patch")}}, headers=merge)
    daemon.ask("POST", "two/metadata/name-in-clear/1", {"custom_metadata": {"owner": canary("custom metadata")}})
    daemon.ask("DELETE", "two/data/name-in-clear/2")
    daemon.ask("PUT", "two/destroy/name-in-clear/3", {"versions": [1]})
    daemon.ask("DELETE", "one/name-in-clear/4")


def send_nonsense(daemon):
    """Errors name fields, never values."""
    daemon.ask("POST", "two/data/x", raw='{"data":{"a":"%s"' % canary("a body that is cut off"), expect=(400,))
    daemon.ask("POST", "two/data/x", {"data": canary("data that is no object")}, expect=(400,))
    daemon.ask("POST", "two/data/x", {"data": {}, "options": {"cas": canary("cas that is no number")}}, expect=(400,))
    daemon.ask("POST", "sys/mounts/bad", {"type": "kv", "config": {"max_lease_ttl": canary("a wrong duration")}}, expect=(400,))
    daemon.ask("GET", "two/data/x", token=canary("a token of nobody"), expect=(403,))
    daemon.ask("GET", "two/data/x", headers={"Authorization": "Bearer " + canary("a token of another scheme")}, expect=(403, 404))


def use_tokens(daemon):
    made = daemon.ask("POST", "auth/token/create", {"policies": ["default"], "ttl": "1h", "meta": {"for": "canaries"}})
    token = keep("token", made["auth"]["client_token"])
    daemon.ask("GET", "auth/token/lookup-self", token=token)
    daemon.ask("POST", "auth/token/lookup", {"token": token})
    daemon.ask("POST", "cubbyhole/own", {"value": canary("a cubbyhole")}, token=token)
    batch = daemon.ask("POST", "auth/token/create", {"type": "batch", "policies": ["default"], "ttl": "1h"})
    keep("batch token", batch["auth"]["client_token"])
    daemon.ask("POST", "auth/token/create", {"id": canary("a chosen token"), "policies": ["default"]})
    wrap = {"X-Vault-Wrap-TTL": "300"}
    wrapped = daemon.ask("POST", "sys/wrapping/wrap", {"value": canary("a wrapped value")}, headers=wrap)
    keep("wrapping token", wrapped["wrap_info"]["token"])
    used = daemon.ask("GET", "two/data/name-in-clear/5", headers=wrap)
    daemon.ask("POST", "sys/wrapping/unwrap", {"token": keep("used wrapping token", used["wrap_info"]["token"])})
    daemon.ask("POST", "auth/token/revoke", {"token": token})


def log_in(daemon):
    """Each way that a password, a secret id or a foreign token can come, also where it does not belong."""
    for kind in ("userpass", "approle", "jwt", "oidc", "cert", "ldap"):
        daemon.ask("POST", "sys/auth/" + kind, {"type": kind})
    password = canary("a password")
    daemon.ask("POST", "auth/userpass/users/ann", {"password": password})
    token = daemon.ask("POST", "auth/userpass/login/ann", {"password": password})["auth"]["client_token"]
    daemon.ask("POST", "auth/token/renew-self", {}, token=keep("token of a login", token))
    daemon.ask("POST", "auth/userpass/users/ann/password", {"password": canary("another password")})
    for who, how in (("ann", "a wrong password"), ("nobody", "a password of nobody")):
        daemon.ask("POST", "auth/userpass/login/" + who, {"password": canary(how)}, expect=(400,))
    wrong = {"password": [canary("a list of passwords")], "passwort": canary("a misspelt field")}
    daemon.ask("POST", "auth/userpass/login/ann", wrong, expect=(400, 500))
    daemon.ask("POST", "auth/userpass/users/bob", {"password_hash": canary("a hash that is none")}, expect=(400,))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    daemon.ask("POST", "auth/userpass/login/ann", raw="password=" + canary("a password in a form"), headers=form, expect=(400,))
    daemon.ask("POST", "auth/approle/role/web", {"token_policies": "default"})
    role = daemon.ask("GET", "auth/approle/role/web/role-id")["data"]["role_id"]
    own = {"secret_id": canary("a secret id of one's own"), "metadata": json.dumps({"k": canary("metadata of a secret id")})}
    daemon.ask("POST", "auth/approle/role/web/custom-secret-id", own)
    drawn = daemon.ask("POST", "auth/approle/role/web/secret-id", {})["data"]["secret_id"]
    for secret in (own["secret_id"], keep("secret id", drawn)):
        daemon.ask("POST", "auth/approle/login", {"role_id": role, "secret_id": secret})
    daemon.ask("POST", "auth/approle/login", {"role_id": role, "secret_id": canary("a wrong secret id")}, expect=(400,))
    daemon.ask("POST", "auth/approle/login", {"role_id": canary("a secret id for a role id"), "secret_id": "x"}, expect=(400,))
    daemon.ask("POST", "auth/approle/role/web/secret-id/lookup", {"secret_id": drawn})
    daemon.ask("POST", "auth/approle/role/web/secret-id/destroy", {"secret_id": own["secret_id"]})
    daemon.ask("POST", "auth/jwt/config", {"jwks_url": "https://" + canary("a host"), "jwks_ca_pem": canary("no certificate")}, expect=(400,))
    daemon.ask("POST", "auth/jwt/login", {"role": "x", "jwt": canary("a foreign token")}, expect=(400,))
    daemon.ask("POST", "auth/cert/certs/web", {"certificate": canary("a certificate that is none")}, expect=(400,))
    daemon.ask("POST", "auth/cert/login", {"name": canary("a role of nobody")}, expect=(400,))
    daemon.ask("POST", "auth/cert/crls/x", {"crl": canary("a revocation list that is none")}, expect=(400,))
    log_in_elsewhere(daemon)


def log_in_elsewhere(daemon):
    """What the vault shows to an issuer or a directory, and what people bring back; nobody answers here."""
    issuer = {"oidc_discovery_url": "https://127.0.0.1:1", "oidc_client_id": "vault", "skip_jwks_validation": True}
    daemon.ask("POST", "auth/oidc/config", dict(issuer, oidc_client_secret=canary("a client secret")))
    daemon.ask("POST", "auth/oidc/config", dict(issuer, oidc_client_secret=[canary("a client secret in a list")]), expect=(204, 400))
    daemon.ask("POST", "auth/oidc/role/staff", {"user_claim": "sub", "allowed_redirect_uris": "http://localhost:8250/oidc/callback"})
    out = {"role": "staff", "redirect_uri": "http://localhost:8250/oidc/callback", "client_nonce": canary("a client nonce")}
    daemon.ask("POST", "auth/oidc/oidc/auth_url", out, expect=(400,))
    back = {"state": canary("a state of nobody"), "code": canary("a code"), "error": canary("an error of an issuer")}
    daemon.ask("POST", "auth/oidc/oidc/callback", back, expect=(400,))
    directory = {"url": "ldap://127.0.0.1:1", "binddn": "cn=vault", "bindpass": canary("the password of a binder"), "userdn": "dc=x"}
    daemon.ask("POST", "auth/ldap/config", directory)
    daemon.ask("POST", "auth/ldap/config", {"url": canary("a directory that is none"), "bindpass": canary("another password")}, expect=(400,))
    daemon.ask("POST", "auth/ldap/config", {"certificate": canary("a certificate of a directory")}, expect=(400,))
    daemon.ask("POST", "auth/ldap/login/ann", {"password": canary("a password of a directory")}, expect=(400,))
    daemon.ask("POST", "auth/ldap/login/ann", {"password": {"x": canary("a password that is an object")}}, expect=(400,))


def hold_ceremonies(daemon):
    """A new root token, a rotation, new shares."""
    started = daemon.ask("PUT", "sys/generate-root/attempt", {})
    keep("one-time password", started["otp"])
    for share in daemon.shares[:3]:
        step = daemon.ask("PUT", "sys/generate-root/update", {"key": share, "nonce": started["nonce"]})
    encoded = base64.b64decode(step["encoded_token"] + "==")
    keep("generated root token", bytes(a ^ b for a, b in zip(encoded, started["otp"].encode())))
    daemon.ask("PUT", "sys/rotate")
    nonce = daemon.ask("PUT", "sys/rekey/init", {"secret_shares": 5, "secret_threshold": 3})["nonce"]
    for share in daemon.shares[:3]:
        step = daemon.ask("PUT", "sys/rekey/update", {"key": share, "nonce": nonce})
    daemon.shares = step["keys"]
    keep_shares("new share", daemon.shares)


def check(daemon, swept):
    kept = os.path.join(daemon.room, "kept")
    found = findings(kept, canaries) + swept_findings(kept, swept)
    if found:
        fail("%d findings:\n  %s" % (len(found), "\n  ".join(found)))
    if not any(b"name-in-clear" in content for path, content in files(os.path.join(kept, "data"))):
        fail("names do not stand in clear in the data directory, as docs/threat-model.md says")
    left = os.listdir(os.path.join(daemon.room, "tmp"))
    left += [name for name in os.listdir("/tmp") if re.search(r"(^|\D)%d($|\D)" % daemon.process.pid, name)]
    if left:
        fail("left in the directory for temporary files: " + ", ".join(left))


def swept_findings(kept, swept):
    """What the sweep left where it may not be, told by what was sent; and what was to be there and is not, since a search
    that overlooks that proves nothing."""
    found, met = set(), set()
    for path, content in list(files(kept)) + [("an answer", "\n".join(swept.answers).encode())]:
        for form, pattern in forms(swept.prefix.encode()).items():
            at = content.find(pattern)
            while at >= 0:
                tail = content[at + len(pattern):at + len(pattern) + 6]
                sent = swept.where(tail) if form == "raw" and tail.isdigit() else content[max(0, at - 40):at + 80]
                why = everyfield.reason(str(sent), path)
                met.add(why)
                if not why:
                    found.add("%s as %s in %s" % (sent, form, path))
                at = content.find(pattern, at + 1)
    found.update("nothing of: " + why for _, _, why in everyfield.CLEAR if why not in met)
    return sorted(found)


def control(room):
    """The search finds what is there."""
    os.mkdir(os.path.join(room, "control"))
    secret = secrets.token_bytes(32)
    planted = [secret, secret.hex().encode(), base64.b64encode(secret),
               b"x" + base64.b64encode(b"ab" + secret + b"c"), base64.urlsafe_b64encode(b"a" + secret), secret.hex().upper().encode()]
    for number, content in enumerate(planted):
        with open(os.path.join(room, "control", str(number)), "wb") as file:
            file.write(b"before" + content + b"after")
    found = findings(os.path.join(room, "control"), {"planted": secret})
    for number in range(len(planted)):
        if not any(finding.endswith("in %d" % number) for finding in found):
            fail("the search overlooks form %d of a planted secret" % number)


def main():
    os.makedirs(os.path.join(ROOT, "target"), exist_ok=True)
    room = tempfile.mkdtemp(dir=os.path.join(ROOT, "target"), prefix="canaries.")
    daemon = Daemon(room)
    try:
        control(room)
        daemon.start()
        for step in (make, write_values, send_nonsense, use_tokens, log_in, hold_ceremonies):
            step(daemon)
        swept = everyfield.Sweep(daemon).run()
        daemon.kill()
        check(daemon, swept)
        daemon.start().unseal()
        daemon.ask("GET", "two/data/name-in-clear/7")
        daemon.ask("PUT", "sys/seal")
        daemon.kill()
        check(daemon, swept)
        size = sum(len(content) for _, content in files(os.path.join(room, "kept")))
        print("%d secrets, and %d in every field of %d routes, %d KiB of files: none is there in any form"
              % (len(canaries), len(swept.sent), swept.routes, size // 1024))
    finally:
        daemon.kill()
        shutil.rmtree(room)


main()
