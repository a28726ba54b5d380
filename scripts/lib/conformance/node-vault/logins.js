// SPDX-License-Identifier: Apache-2.0
// Login methods: userpass, approle, and jwt with tokens signed here.
'use strict';

const crypto = require('node:crypto');
const nodeVault = require('node-vault');

const { assert, step, has, done, refused } = require('./checks');

async function walk(vault) {
    await step('enableAuth, auths, disableAuth', async () => {
        await done(vault.enableAuth({ mount_point: 'userpass', type: 'userpass', description: 'people' }));
        await done(vault.enableAuth({ mount_point: 'approle', type: 'approle' }));
        await done(vault.enableAuth({ mount_point: 'not/for/long', type: 'approle' }));
        const { data } = await vault.auths();
        has({ type: 'userpass', description: 'people' }, data['userpass/']);
        has({ type: 'approle' }, data['not/for/long/']);
        await refused(400, 'path is already in use at', vault.enableAuth({ mount_point: 'userpass', type: 'userpass' }));
        await done(vault.disableAuth({ mount_point: 'not/for/long' }));
        assert.ok(!('not/for/long/' in (await vault.auths()).data));
    });
    await userpass(vault);
    await approle(vault);
    await jwt(vault);
}

async function userpass(vault) {
    await step('userpassLogin gives a token, which the client takes', async () => {
        await done(vault.write('auth/userpass/users/ada', { password: 'first', policies: 'reader', token_ttl: '20m' }));
        const ada = nodeVault();
        const { auth } = await ada.userpassLogin({ username: 'Ada', password: 'first' });
        has({ policies: ['default', 'reader'], metadata: { username: 'ada' }, lease_duration: 1200 }, auth);
        assert.equal(ada.token, auth.client_token);
        assert.deepEqual((await ada.read('secret/data/app/allowed')).data.data, { a: 1 });
    });
    await step('a password that was changed', async () => {
        await done(vault.write('auth/userpass/users/ada/password', { password: 'second' }));
        const ada = nodeVault();
        await refused(400, 'invalid username or password', ada.userpassLogin({ username: 'ada', password: 'first' }));
        await refused(400, 'invalid username or password', ada.userpassLogin({ username: 'bob', password: 'first' }));
        await ada.userpassLogin({ username: 'ada', password: 'second' });
        assert.deepEqual((await vault.list('auth/userpass/users')).data.keys, ['ada']);
    });
}

async function approle(vault) {
    const role_name = 'web';
    let role_id;
    let secret_id;
    await step('addApproleRole, getApproleRole, approleRoles, getApproleRoleId, updateApproleRoleId', async () => {
        await done(vault.addApproleRole({ role_name, policies: 'reader', token_ttl: 600, secret_id_num_uses: 2 }));
        has({ secret_id_num_uses: 2, token_ttl: 600, bind_secret_id: true }, (await vault.getApproleRole({ role_name })).data);
        assert.deepEqual((await vault.approleRoles()).data.keys, [role_name]);
        assert.equal((await vault.getApproleRoleId({ role_name })).data.role_id.length, 36);
        await done(vault.updateApproleRoleId({ role_name, role_id: 'web-servers' }));
        role_id = (await vault.getApproleRoleId({ role_name })).data.role_id;
        assert.equal(role_id, 'web-servers');
    });
    await step('getApproleRoleSecret, approleLogin', async () => {
        const { data } = await vault.getApproleRoleSecret({ role_name, metadata: '{"host":"a"}' });
        secret_id = data.secret_id;
        const web = nodeVault();
        const { auth } = await web.approleLogin({ role_id, secret_id });
        has({ policies: ['default', 'reader'], metadata: { host: 'a', role_name }, lease_duration: 600 }, auth);
        assert.equal(web.token, auth.client_token);
        assert.deepEqual((await web.read('secret/data/app/allowed')).data.data, { a: 1 });
    });
    await step('approleSecretLookup, approleSecretAccessors, approleSecretAccessorLookup', async () => {
        const { data } = await vault.approleSecretLookup({ role_name, secret_id });
        has({ secret_id_num_uses: 1, metadata: { host: 'a' } }, data);
        const { secret_id_accessor } = data;
        assert.deepEqual((await vault.approleSecretAccessors({ role_name })).data.keys, [secret_id_accessor]);
        has({ secret_id_num_uses: 1 }, (await vault.approleSecretAccessorLookup({ role_name, secret_id_accessor })).data);
    });
    await step('a secret-id that is used up, destroyed, or destroyed by its accessor', async () => {
        const web = nodeVault();
        await web.approleLogin({ role_id, secret_id });
        await refused(400, 'invalid role or secret ID', web.approleLogin({ role_id, secret_id }));
        const one = (await vault.getApproleRoleSecret({ role_name })).data;
        await done(vault.approleSecretDestroy({ role_name, secret_id: one.secret_id }));
        const two = (await vault.getApproleRoleSecret({ role_name })).data;
        await done(vault.approleSecretAccessorDestroy({ role_name, secret_id_accessor: two.secret_id_accessor }));
        for (const { secret_id: gone } of [one, two]) {
            await refused(400, 'invalid role or secret ID', web.approleLogin({ role_id, secret_id: gone }));
        }
    });
    await step('getApproleRoleSecret wrapped, unwrapped by who has no other token', async () => {
        const requestOptions = { headers: { 'X-Vault-Wrap-TTL': '60s' } };
        const { wrap_info } = await vault.getApproleRoleSecret({ role_name, requestOptions });
        has({ ttl: 60, creation_path: 'auth/approle/role/web/secret-id' }, wrap_info);
        const web = nodeVault({ token: wrap_info.token });
        const { data } = await web.unwrap();
        await nodeVault().approleLogin({ role_id, secret_id: data.secret_id });
        await done(vault.deleteApproleRole({ role_name }));
        await refused(404, 'Status 404', vault.getApproleRole({ role_name }));
    });
}

const encoded = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');

function signed(key, claims) {
    const text = encoded({ alg: 'RS256', typ: 'JWT' }) + '.' + encoded(claims);
    return text + '.' + crypto.sign('sha256', Buffer.from(text), key).toString('base64url');
}

async function jwt(vault) {
    await step('jwtLogin with a token that was signed here, and with others', async () => {
        const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
        const foreign = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
        await done(vault.enableAuth({ mount_point: 'jwt', type: 'jwt' }));
        await done(vault.write('auth/jwt/config', {
            jwt_validation_pubkeys: [publicKey.export({ type: 'spki', format: 'pem' })], bound_issuer: 'the-walk',
        }));
        await done(vault.write('auth/jwt/role/ci', {
            role_type: 'jwt', user_claim: 'sub', bound_audiences: ['coffer'], bound_claims: { project: ['one', 'two'] },
            claim_mappings: { project: 'project' }, token_policies: ['reader'], token_ttl: '5m',
        }));
        const now = Math.floor(Date.now() / 1000);
        const claims = { iss: 'the-walk', aud: 'coffer', sub: 'job-1', project: 'two', iat: now, nbf: now, exp: now + 60 };
        const ci = nodeVault();
        const { auth } = await ci.jwtLogin({ role: 'ci', jwt: signed(privateKey, claims) });
        has({ policies: ['default', 'reader'], metadata: { role: 'ci', project: 'two' }, lease_duration: 300 }, auth);
        assert.equal(ci.token, auth.client_token);
        assert.deepEqual((await ci.read('secret/data/app/allowed')).data.data, { a: 1 });
        for (const [key, other] of [[foreign, {}], [privateKey, { aud: 'else' }], [privateKey, { project: 'three' }],
            [privateKey, { iss: 'else' }], [privateKey, { exp: now - 3600, nbf: now - 7200, iat: now - 7200 }]]) {
            await refused(400, '', ci.jwtLogin({ role: 'ci', jwt: signed(key, { ...claims, ...other }) }));
        }
    });
}

module.exports = { walk };
