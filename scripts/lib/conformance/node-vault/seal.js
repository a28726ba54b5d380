// SPDX-License-Identifier: Apache-2.0
// Init, unseal, seal, and what may be asked without a token.
'use strict';

const { assert, step, has, done, refused } = require('./checks');

async function initialize(vault) {
    let answer;
    await step('initialized, status, health before init', async () => {
        assert.deepEqual(await vault.initialized(), { initialized: false });
        has({ initialized: false, sealed: true, t: 0, n: 0 }, await vault.status());
        has({ initialized: false, sealed: true }, await vault.health());
    });
    await step('init refuses a threshold above the shares', async () => {
        await refused(400, 'threshold cannot be larger than shares', vault.init({ secret_shares: 2, secret_threshold: 3 }));
    });
    await step('init', async () => {
        answer = await vault.init({ secret_shares: 5, secret_threshold: 3 });
        assert.equal(new Set(answer.keys).size, 5);
        assert.equal(new Set(answer.keys_base64).size, 5);
        vault.token = answer.root_token;
    });
    await step('init a second time', async () => {
        await refused(400, 'Vault is already initialized', vault.init({ secret_shares: 1, secret_threshold: 1 }));
    });
    return answer.keys;
}

async function unseal(vault, shares) {
    await step('sealed: everything else is refused', async () => {
        has({ initialized: true, sealed: true }, await vault.health());
        await refused(503, 'Vault is sealed', vault.mounts());
        await refused(503, 'Vault is sealed', vault.read('secret/data/app'));
    });
    await step('unseal, and its reset', async () => {
        has({ sealed: true, progress: 1, t: 3, n: 5 }, await vault.unseal({ key: shares[4] }));
        has({ sealed: true, progress: 0 }, await vault.unseal({ reset: true }));
    });
    await step('unseal with three shares', async () => {
        has({ sealed: true, progress: 1 }, await vault.unseal({ key: shares[0] }));
        has({ sealed: true, progress: 2 }, await vault.unseal({ key: shares[2] }));
        has({ sealed: false, progress: 0 }, await vault.unseal({ key: shares[4] }));
    });
    await step('status, health, leader', async () => {
        has({ sealed: false, t: 3, n: 5 }, await vault.status());
        has({ initialized: true, sealed: false, standby: false }, await vault.health());
        assert.ok('ha_enabled' in (await vault.leader()));
    });
    await step('tokenLookupSelf', async () => {
        const { data } = await vault.tokenLookupSelf();
        has({ policies: ['root'], ttl: 0, path: 'auth/token/root' }, data);
    });
    await step('a token that is none', async () => {
        const good = vault.token;
        vault.token = 'hvs.not-a-token-of-this-vault';
        await refused(403, 'permission denied', vault.mounts());
        vault.token = good;
    });
}

async function seal(vault, shares) {
    await step('stepDown does nothing', async () => {
        await done(vault.stepDown());
    });
    await step('seal', async () => {
        await done(vault.seal());
        has({ sealed: true }, await vault.status());
        await refused(503, 'Vault is sealed', vault.read('secret/data/end'));
    });
    await step('three other shares open it again, and what was written is there', async () => {
        for (const key of shares.slice(2)) {
            await vault.unseal({ key });
        }
        assert.deepEqual((await vault.read('secret/data/end')).data.data, { left: 'for the end' });
        await done(vault.seal());
    });
}

module.exports = { initialize, unseal, seal };
