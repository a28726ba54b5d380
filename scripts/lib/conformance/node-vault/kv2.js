// SPDX-License-Identifier: Apache-2.0
// Key-value version 2 at secret/, by the paths of the API; the client has a call of its own for destroying alone.
'use strict';

const { assert, step, has, done, refused } = require('./checks');

const DATA = { text: 'gr\u00fc\u00df dich', number: 1234567890.5, list: [1, 'zwei', null, true], deep: { er: {} } };

async function read(vault, path) {
    return (await vault.read('secret/data/' + path)).data;
}

async function write(vault, path, data, options) {
    return (await vault.write('secret/data/' + path, { data, options })).data;
}

async function configuration(vault) {
    await step('config', async () => {
        has({ max_versions: 0, cas_required: false, delete_version_after: '0s' }, (await vault.read('secret/config')).data);
        await done(vault.write('secret/config', { max_versions: 4, delete_version_after: '3h25m19s' }));
        has({ max_versions: 4, delete_version_after: '3h25m19s' }, (await vault.read('secret/config')).data);
        await done(vault.write('secret/config', { delete_version_after: '0s' }));
    });
}

async function writes(vault) {
    await step('write, read', async () => {
        has({ version: 1, deletion_time: '', destroyed: false, custom_metadata: null }, await write(vault, 'app/one', DATA));
        const { data, metadata } = await read(vault, 'app/one');
        assert.deepEqual(data, DATA);
        has({ version: 1, deletion_time: '' }, metadata);
    });
    await step('write with cas', async () => {
        const mismatch = 'check-and-set parameter did not match the current version';
        await refused(400, mismatch, vault.write('secret/data/app/one', { data: { n: 2 }, options: { cas: 0 } }));
        has({ version: 2 }, await write(vault, 'app/one', { n: 2 }, { cas: 1 }));
        await refused(400, 'no data provided', vault.write('secret/data/app/one', { n: 2 }));
    });
    await step('update merges', async () => {
        const merged = await vault.update('secret/data/app/one', { data: { more: { a: 1, b: 2 } } });
        has({ version: 3 }, merged.data);
        await vault.update('secret/data/app/one', { data: { more: { a: null } }, options: { cas: 3 } });
        assert.deepEqual((await read(vault, 'app/one')).data, { n: 2, more: { b: 2 } });
        await refused(404, 'Status 404', vault.update('secret/data/app/none', { data: { a: 1 } }));
    });
    await step('read of one version', async () => {
        assert.deepEqual((await read(vault, 'app/one?version=1')).data, DATA);
        await refused(404, 'Status 404', vault.read('secret/data/app/one?version=9'));
        await refused(404, 'Status 404', vault.read('secret/data/app/none'));
    });
    await step('list of metadata', async () => {
        await write(vault, 'app/deep/er', { a: 1 });
        assert.deepEqual((await vault.list('secret/metadata/app')).data.keys, ['deep/', 'one']);
        assert.deepEqual((await vault.list('secret/metadata/')).data.keys, ['app/']);
        await refused(404, 'Status 404', vault.list('secret/metadata/nothing'));
    });
    await step('subkeys', async () => {
        const { data } = await vault.read('secret/subkeys/app/one');
        assert.deepEqual(data.subkeys, { n: null, more: { b: null } });
    });
}

async function versions(vault) {
    await step('delete of the latest version', async () => {
        await done(vault.delete('secret/data/app/one'));
        const body = await refused(404, 'Status 404', vault.read('secret/data/app/one'));
        assert.equal(body.data.data, null);
        assert.notEqual(body.data.metadata.deletion_time, '');
    });
    await step('undelete, delete of versions', async () => {
        await done(vault.write('secret/undelete/app/one', { versions: [4] }));
        assert.deepEqual((await read(vault, 'app/one')).data, { n: 2, more: { b: 2 } });
        await done(vault.write('secret/delete/app/one', { versions: [1, 2] }));
        await refused(404, 'Status 404', vault.read('secret/data/app/one?version=2'));
        await done(vault.write('secret/undelete/app/one', { versions: '1' }));
        assert.deepEqual((await read(vault, 'app/one?version=1')).data, DATA);
    });
    await step('destroySecretVersions', async () => {
        await done(vault.destroySecretVersions({ path: 'app/one', versions: [2] }));
        await done(vault.write('secret/undelete/app/one', { versions: [2] }));
        await refused(404, 'Status 404', vault.read('secret/data/app/one?version=2'));
        assert.equal((await vault.read('secret/metadata/app/one')).data.versions['2'].destroyed, true);
    });
}

async function metadata(vault) {
    await step('metadata: write, read, update', async () => {
        const settings = { max_versions: 2, cas_required: true, delete_version_after: '1h', custom_metadata: { owner: 'a', id: '7' } };
        await done(vault.write('secret/metadata/app/one', settings));
        has({ ...settings, delete_version_after: '1h0m0s', current_version: 4 }, (await vault.read('secret/metadata/app/one')).data);
        await done(vault.update('secret/metadata/app/one', { custom_metadata: { id: null, team: 'b' }, cas_required: false }));
        has({ custom_metadata: { owner: 'a', team: 'b' }, cas_required: false, max_versions: 2 },
            (await vault.read('secret/metadata/app/one')).data);
        const { deletion_time: deletion, created_time: created } = await write(vault, 'app/one', { n: 5 });
        assert.ok(deletion > created);
    });
    await step('metadata: delete of everything', async () => {
        await done(vault.delete('secret/metadata/app/one'));
        await refused(404, 'Status 404', vault.read('secret/metadata/app/one'));
        await refused(404, 'Status 404', vault.read('secret/data/app/one'));
        has({ version: 1 }, await write(vault, 'app/one', { n: 1 }, { cas: 0 }));
    });
    await step('a path of version 1 on a mount of version 2 is told apart', async () => {
        const body = await refused(404, 'Status 404', vault.read('secret/app'));
        assert.ok(body.warnings[0].includes('Invalid path for a versioned K/V secrets engine'));
    });
}

async function walk(vault) {
    await configuration(vault);
    await writes(vault);
    await versions(vault);
    await metadata(vault);
    await step('a secret for after the seal', async () => {
        has({ version: 1 }, await write(vault, 'end', { left: 'for the end' }));
    });
}

module.exports = { walk };
