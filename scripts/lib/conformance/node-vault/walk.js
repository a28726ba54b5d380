// SPDX-License-Identifier: Apache-2.0
// node-vault, unmodified, from init to seal against the fresh vault at VAULT_ADDR.
'use strict';

const nodeVault = require('node-vault');

const { steps } = require('./checks');
const seal = require('./seal');

const parts = [require('./mounts'), require('./kv1'), require('./kv2')];

async function main() {
    const vault = nodeVault();
    const shares = await seal.initialize(vault);
    await seal.unseal(vault, shares);
    for (const part of parts) {
        await part.walk(vault);
    }
    await seal.seal(vault, shares);
    console.log(steps() + ' steps');
}

main().catch((error) => {
    console.log(error);
    process.exit(1);
});
