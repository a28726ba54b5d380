// SPDX-License-Identifier: Apache-2.0
// Policies, and what they let a token do.
'use strict';

const nodeVault = require('node-vault');

const { assert, step, has, done, refused, twin } = require('./checks');

const READER = 'path "secret/data/app/*" { capabilities = ["read"] }\n';

async function walk(vault) {
    await step('addPolicy, getPolicy, policies', async () => {
        await done(vault.addPolicy({ name: 'reader', policy: READER }));
        await done(vault.write('sys/policies/acl/maker', { policy: 'path "auth/token/create" { capabilities = ["update"] }' }));
        const answer = await vault.getPolicy({ name: 'reader' });
        has({ name: 'reader', rules: READER }, answer);
        has({ name: 'reader', rules: READER }, answer.data);
        assert.deepEqual((await vault.policies()).policies.sort(), ['default', 'maker', 'reader', 'root']);
    });
    await step('addPolicy of what cannot be read; those that stay', async () => {
        await refused(400, 'failed to parse policy', vault.addPolicy({ name: 'torn', policy: 'path "a" {' }));
        await refused(400, 'cannot update "root" policy', vault.addPolicy({ name: 'root', policy: READER }));
        await refused(400, 'cannot delete', vault.removePolicy({ name: 'default' }));
    });
    await step('removePolicy, twice', async () => {
        await done(vault.removePolicy({ name: 'maker' }));
        await done(vault.removePolicy({ name: 'maker' }));
        await refused(404, 'Status 404', vault.getPolicy({ name: 'maker' }));
    });
    await step('a token may do what its policies allow and nothing else', async () => {
        await vault.write('secret/data/app/allowed', { data: { a: 1 } });
        const { auth } = await twin(vault).tokenCreate({ policies: ['reader'], ttl: '1h' });
        const limited = nodeVault({ token: auth.client_token });
        assert.deepEqual((await limited.read('secret/data/app/allowed')).data.data, { a: 1 });
        await refused(403, 'permission denied', limited.write('secret/data/app/allowed', { data: { a: 2 } }));
        await refused(403, 'permission denied', limited.mounts());
        const { data } = await limited.write('sys/capabilities-self', { paths: ['secret/data/app/x', 'secret/data/y'] });
        has({ 'secret/data/app/x': ['read'], 'secret/data/y': ['deny'] }, data);
    });
}

module.exports = { walk };
