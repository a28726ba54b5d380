// SPDX-License-Identifier: Apache-2.0
// Response wrapping, leases, and moving a mount.
'use strict';

const nodeVault = require('node-vault');

const { assert, step, has, done, refused } = require('./checks');

const GONE = 'wrapping token is not valid or does not exist';

async function walk(vault) {
    await wrapping(vault);
    await leases(vault);
    await step('remount takes the secrets along', async () => {
        await done(vault.mount({ mount_point: 'from', type: 'kv' }));
        await done(vault.write('from/a', { b: 'c' }));
        assert.ok((await vault.remount({ from: 'from', to: 'to/there' })).data.migration_id);
        assert.deepEqual((await vault.read('to/there/a')).data, { b: 'c' });
        assert.ok(!('from/' in (await vault.mounts()).data));
    });
    await step('audits, enableAudit, disableAudit: devices come from the configuration', async () => {
        await refused(404, 'unsupported path', vault.audits());
        await refused(404, 'unsupported path', vault.enableAudit({ name: 'file', type: 'file', options: { path: 'x' } }));
        await refused(404, 'unsupported path', vault.disableAudit({ name: 'file' }));
    });
}

async function wrapping(vault) {
    const wrapped = (ttl, data) => vault.write('sys/wrapping/wrap', data, { headers: { 'X-Vault-Wrap-TTL': ttl } });
    await step('unwrap, with the token in the body and as the client\'s, once', async () => {
        const { wrap_info } = await wrapped('120', { a: 'b' });
        has({ ttl: 120, creation_path: 'sys/wrapping/wrap' }, wrap_info);
        assert.deepEqual((await vault.unwrap({ token: wrap_info.token })).data, { a: 'b' });
        await refused(400, GONE, vault.unwrap({ token: wrap_info.token }));
        const { token } = (await wrapped('1m', { c: 'd' })).wrap_info;
        assert.deepEqual((await nodeVault({ token }).unwrap()).data, { c: 'd' });
    });
    await step('a read that is wrapped; lookup and rewrap by write', async () => {
        const { wrap_info } = await vault.read('secret/data/app/allowed', { headers: { 'X-Vault-Wrap-TTL': 30 } });
        has({ creation_ttl: 30, creation_path: 'secret/data/app/allowed' },
            (await vault.write('sys/wrapping/lookup', { token: wrap_info.token })).data);
        const anew = (await vault.write('sys/wrapping/rewrap', { token: wrap_info.token })).wrap_info;
        await refused(400, GONE, vault.unwrap({ token: wrap_info.token }));
        assert.deepEqual((await vault.unwrap({ token: anew.token })).data.data, { a: 1 });
    });
}

async function leases(vault) {
    await step('renew, revoke', async () => {
        await done(vault.mount({ mount_point: 'leased', type: 'kv', options: { leased_passthrough: 'true' } }));
        await done(vault.write('leased/app/one', { user: 'u', ttl: '30m' }));
        const { lease_id, lease_duration } = await vault.read('leased/app/one');
        assert.equal(lease_duration, 1800);
        has({ lease_id, lease_duration: 3600, renewable: true }, await vault.renew({ lease_id, increment: 3600 }));
        has({ id: lease_id }, (await vault.write('sys/leases/lookup', { lease_id })).data);
        await done(vault.revoke({ lease_id }));
        await refused(400, 'lease not found', vault.renew({ lease_id }));
    });
    await step('revokePrefix', async () => {
        const { lease_id } = await vault.read('leased/app/one');
        await done(vault.revokePrefix({ path_prefix: 'leased/app' }));
        await refused(400, 'invalid lease', vault.write('sys/leases/lookup', { lease_id }));
    });
}

module.exports = { walk };
