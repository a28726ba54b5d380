# SPDX-License-Identifier: Apache-2.0
"""hvac, unmodified, from init to seal against the fresh vault at VAULT_ADDR, which listens with
legacy_ceremonies at LEGACY_ADDR too; and the ceremonies of old in development mode, at DEV_ADDR with the one share
DEV_SHARE."""

import os
import sys

import hvac

import ceremonies
import checks
import identity
import kv1
import kv2
import leases
import logins
import mounts
import policies
import seal
import system
import tokens
import wrapping


def main():
    client = hvac.Client(url=os.environ["VAULT_ADDR"])
    shares = seal.initialize(client)
    seal.unseal(client, shares)
    for part in (mounts, kv1, kv2, policies, tokens, logins, identity, wrapping, leases, system):
        part.walk(client)
    shares = ceremonies.walk(client, os.environ["LEGACY_ADDR"], shares)
    seal.seal(client, shares)
    ceremonies.development(os.environ["DEV_ADDR"], os.environ["DEV_SHARE"])
    print("%d steps" % checks.steps)


main()
