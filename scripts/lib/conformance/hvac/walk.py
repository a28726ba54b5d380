# SPDX-License-Identifier: Apache-2.0
"""hvac, unmodified, from init to seal against the fresh vault at VAULT_ADDR, which listens with
legacy_ceremonies at LEGACY_ADDR too."""

import os
import sys

import hvac

import ceremonies
import checks
import kv1
import kv2
import mounts
import seal


def main():
    client = hvac.Client(url=os.environ["VAULT_ADDR"])
    shares = seal.initialize(client)
    seal.unseal(client, shares)
    for part in (mounts, kv1, kv2):
        part.walk(client)
    shares = ceremonies.walk(client, os.environ["LEGACY_ADDR"], shares)
    seal.seal(client, shares)
    print("%d steps" % checks.steps)


main()
