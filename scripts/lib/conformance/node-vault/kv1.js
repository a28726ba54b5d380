// SPDX-License-Identifier: Apache-2.0
// Key-value version 1 at plain/: write, read, list, delete.
'use strict';

const { assert, step, has, done, refused } = require('./checks');

const VALUE = { text: 'gr\u00fc\u00df dich', number: 1234567890.5, list: [1, 'zwei', null, true], deep: { er: {} } };

async function walk(vault) {
    await step('write, read', async () => {
        await done(vault.write('plain/app/one', VALUE));
        const answer = await vault.read('plain/app/one');
        assert.deepEqual(answer.data, VALUE);
        has({ lease_id: '', renewable: false, lease_duration: 1800, warnings: null, auth: null }, answer);
    });
    await step('write replaces', async () => {
        await done(vault.write('plain/app/one', { only: 'this' }));
        assert.deepEqual((await vault.read('plain/app/one')).data, { only: 'this' });
    });
    await step('list, by its verb and without', async () => {
        await done(vault.write('plain/app/two/three', { a: 1 }));
        assert.deepEqual((await vault.list('plain/app')).data.keys, ['one', 'two/']);
        assert.deepEqual((await vault.list('plain/')).data.keys, ['app/']);
        vault.noCustomHTTPVerbs = true;
        assert.deepEqual((await vault.list('plain/app')).data.keys, ['one', 'two/']);
        vault.noCustomHTTPVerbs = false;
        await refused(404, 'Status 404', vault.list('plain/nothing/here'));
    });
    await step('delete, twice', async () => {
        await done(vault.delete('plain/app/two/three'));
        await done(vault.delete('plain/app/two/three'));
        await refused(404, 'Status 404', vault.read('plain/app/two/three'));
        assert.deepEqual((await vault.list('plain/app')).data.keys, ['one']);
    });
    await step('update is refused: version 1 has no PATCH', async () => {
        await refused(405, 'unsupported operation', vault.update('plain/app/one', { a: 1 }));
    });
}

module.exports = { walk };
