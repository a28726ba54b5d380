// SPDX-License-Identifier: Apache-2.0
// Tokens: create, look up, renew, revoke; roles; and the client's renewal by itself.
'use strict';

const nodeVault = require('node-vault');

const { assert, step, has, done, refused, twin } = require('./checks');

async function lives(token) {
    return nodeVault({ token }).tokenLookupSelf().then(() => true, () => false);
}

async function walk(vault) {
    await created(vault);
    await renewed(vault);
    await revoked(vault);
    await roles(vault);
}

async function created(vault) {
    await step('tokenCreate with every field, tokenLookup, tokenLookupAccessor, tokenAccessors', async () => {
        const { auth } = await twin(vault).tokenCreate({
            id: 'my-own-id', policies: ['reader'], meta: { team: 'one' }, no_parent: true, no_default_policy: true,
            renewable: true, ttl: '30m', explicit_max_ttl: '2h', display_name: 'a name', num_uses: 9,
        });
        has({ client_token: 'my-own-id', policies: ['reader'], metadata: { team: 'one' }, lease_duration: 1800 }, auth);
        const { data } = await vault.tokenLookup({ token: 'my-own-id' });
        has({ id: 'my-own-id', display_name: 'token-a-name', num_uses: 9, orphan: true, explicit_max_ttl: 7200 }, data);
        has({ id: '', accessor: auth.accessor }, (await vault.tokenLookupAccessor({ accessor: auth.accessor })).data);
        assert.ok((await vault.tokenAccessors()).data.keys.includes(auth.accessor));
    });
    await step('tokenCreateOrphan; tokenLookup of none', async () => {
        const { auth } = await twin(vault).tokenCreateOrphan({ ttl: '1h' });
        assert.equal((await vault.tokenLookup({ token: auth.client_token })).data.orphan, true);
        await refused(403, 'bad token', vault.tokenLookup({ token: 'hvs.never-there' }));
    });
}

async function renewed(vault) {
    const { auth } = await twin(vault).tokenCreate({ policies: ['reader'], ttl: '10m' });
    await step('tokenRenew, tokenRenewSelf', async () => {
        const answer = await twin(vault).tokenRenew({ token: auth.client_token, increment: '20m' });
        has({ lease_duration: 1200, renewable: true }, answer.auth);
        const mine = nodeVault({ token: auth.client_token });
        assert.equal((await mine.tokenRenewSelf({ increment: 1800 })).auth.lease_duration, 1800);
        assert.equal((await mine.tokenRenewSelf()).auth.lease_duration, 1800);
        await refused(400, '', twin(vault).tokenRenew({ token: 'hvs.never-there' }));
    });
    await step('startTokenRenewal renews before the token ends', async () => {
        const mine = nodeVault({ token: (await twin(vault).tokenCreate({ ttl: '20s', policies: ['reader'] })).auth.client_token });
        // The client's own timer does not keep the process.
        const kept = setTimeout(() => assert.fail('not renewed'), 60_000);
        const heard = new Promise((resolve, reject) => {
            mine.once('token:renewed', resolve);
            mine.once('token:error:renew', reject);
        });
        await mine.startTokenRenewal({ renewFraction: 0.01 });
        assert.equal((await heard).auth.lease_duration, 20);
        mine.stopTokenRenewal();
        clearTimeout(kept);
    });
}

async function revoked(vault) {
    const made = async (using = vault) => (await twin(using).tokenCreate({ policies: ['root'], ttl: '1h' })).auth;
    await step('tokenRevoke ends the children too, tokenRevokeOrphan leaves them', async () => {
        const parent = await made();
        const child = await made(nodeVault({ token: parent.client_token }));
        await done(vault.tokenRevoke({ token: parent.client_token }));
        assert.deepEqual([await lives(parent.client_token), await lives(child.client_token)], [false, false]);
        const other = await made();
        const left = await made(nodeVault({ token: other.client_token }));
        await done(vault.tokenRevokeOrphan({ token: other.client_token }));
        assert.deepEqual([await lives(other.client_token), await lives(left.client_token)], [false, true]);
        assert.equal((await vault.tokenLookup({ token: left.client_token })).data.orphan, true);
    });
    await step('tokenRevokeAccessor, tokenRevokeSelf', async () => {
        const one = await made();
        await done(vault.tokenRevokeAccessor({ accessor: one.accessor }));
        const two = await made();
        await done(nodeVault({ token: two.client_token }).tokenRevokeSelf());
        assert.deepEqual([await lives(one.client_token), await lives(two.client_token)], [false, false]);
    });
}

async function roles(vault) {
    await step('addTokenRole, getTokenRole, tokenRoles, tokenCreateRole, removeTokenRole', async () => {
        await done(vault.addTokenRole({ role_name: 'worker', allowed_policies: 'maker,reader', orphan: true, period: 3600 }));
        has({ allowed_policies: ['maker', 'reader'], orphan: true, period: 3600 },
            (await vault.getTokenRole({ role_name: 'worker' })).data);
        assert.deepEqual((await vault.tokenRoles()).data.keys, ['worker']);
        const { auth } = await twin(vault).tokenCreateRole({ role_name: 'worker', policies: ['reader'] });
        has({ lease_duration: 3600, orphan: true, policies: ['default', 'reader'] }, auth);
        await refused(400, 'must be subset', twin(vault).tokenCreateRole({ role_name: 'worker', policies: ['other'] }));
        await done(vault.removeTokenRole({ role_name: 'worker' }));
        await refused(404, 'Status 404', vault.getTokenRole({ role_name: 'worker' }));
    });
}

module.exports = { walk };
