// SPDX-License-Identifier: Apache-2.0
// node-vault, unmodified, from init to seal against the fresh vault at VAULT_ADDR, which listens with
// legacy_ceremonies at LEGACY_ADDR too; and the ceremonies of old in development mode, at DEV_ADDR with the one share
// DEV_SHARE.
'use strict';

const nodeVault = require('node-vault');

const { steps } = require('./checks');
const ceremonies = require('./ceremonies');
const seal = require('./seal');

const parts = ['mounts', 'kv1', 'kv2', 'policies', 'tokens', 'logins', 'leases'].map((part) => require('./' + part));

async function main() {
    // Until the end is reached: a promise that nothing keeps ends the process in silence.
    process.exitCode = 1;
    const vault = nodeVault();
    let shares = await seal.initialize(vault);
    await seal.unseal(vault, shares);
    for (const part of parts) {
        await part.walk(vault);
    }
    shares = await ceremonies.walk(vault, process.env.LEGACY_ADDR, shares);
    await seal.seal(vault, shares);
    const development = nodeVault({ endpoint: process.env.DEV_ADDR });
    shares = await ceremonies.rekey(development, [process.env.DEV_SHARE], 3, 2);
    await ceremonies.generateRoot(development, shares);
    console.log(steps() + ' steps');
    process.exitCode = 0;
}

main().catch((error) => {
    console.log(error);
    process.exit(1);
});
