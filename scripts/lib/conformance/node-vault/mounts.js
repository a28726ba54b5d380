// SPDX-License-Identifier: Apache-2.0
// Secrets engines: mount, list, tune, unmount; login methods: list.
'use strict';

const { assert, step, has, done, refused } = require('./checks');

async function walk(vault) {
    await step('mounts, auths', async () => {
        const mounts = await vault.mounts();
        for (const [path, type] of [['sys/', 'system'], ['cubbyhole/', 'cubbyhole'], ['identity/', 'identity']]) {
            assert.equal(mounts.data[path].type, type);
            assert.equal(mounts[path].type, type);
        }
        assert.equal((await vault.auths()).data['token/'].type, 'token');
    });
    await step('mount', async () => {
        await done(vault.mount({ mount_point: 'secret', type: 'kv', options: { version: '2' } }));
        await done(vault.mount({ mount_point: 'plain', type: 'kv', description: 'of version 1' }));
        await done(vault.mount({ mount_point: 'deep/er', type: 'kv-v2', config: { max_lease_ttl: '2h' } }));
        const { data } = await vault.mounts();
        has({ type: 'kv', options: { version: '2' }, local: false }, data['secret/']);
        has({ type: 'kv', description: 'of version 1' }, data['plain/']);
        has({ type: 'kv', options: { version: '2' } }, data['deep/er/']);
        assert.equal(data['deep/er/'].config.max_lease_ttl, 7200);
    });
    await step('mount where something stands, and of a kind that is none', async () => {
        await refused(400, 'path is already in use at secret/', vault.mount({ mount_point: 'secret', type: 'kv' }));
        await refused(400, 'plugin not found in the catalog: none-such', vault.mount({ mount_point: 'x', type: 'none-such' }));
    });
    await step('tune by write and read', async () => {
        await done(vault.write('sys/mounts/plain/tune', { default_lease_ttl: '30m', description: 'tuned' }));
        has({ default_lease_ttl: 1800, description: 'tuned' }, (await vault.read('sys/mounts/plain/tune')).data);
    });
    await step('unmount', async () => {
        await done(vault.unmount({ mount_point: 'deep/er' }));
        await done(vault.unmount({ mount_point: 'never-there' }));
        assert.ok(!('deep/er/' in (await vault.mounts()).data));
        await refused(404, 'no handler for route', vault.read('deep/er/data/app'));
        await refused(400, 'cannot unmount', vault.unmount({ mount_point: 'sys' }));
    });
    await step('help', async () => {
        assert.ok((await vault.help('sys/mounts')).help.length > 0);
    });
}

module.exports = { walk };
