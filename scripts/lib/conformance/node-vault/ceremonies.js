// SPDX-License-Identifier: Apache-2.0
// Rotation, rekey and generation of a root token: with a token on any listener, and as of old, without one, on a
// listener with legacy_ceremonies.
'use strict';

const nodeVault = require('node-vault');

const { assert, step, has, done, refused } = require('./checks');

// Gives the shares that open the vault in the end.
async function walk(vault, legacy, shares) {
    await step('rotate counts up the key\'s term', async () => {
        const { term } = await vault.read('sys/key-status');
        await done(vault.rotate());
        assert.equal((await vault.read('sys/key-status')).term, term + 1);
    });
    shares = await rekey(vault, shares, 4, 2);
    await step('without a token nothing begins on a listener without legacy_ceremonies', async () => {
        const nobody = nodeVault();
        await refused(403, 'permission denied', nobody.write('sys/rekey/init', { secret_shares: 1, secret_threshold: 1 }));
        await refused(403, 'permission denied', nobody.generateRootInit());
        await refused(403, 'permission denied', nobody.generateRootCancel());
    });
    const anonymous = nodeVault({ endpoint: legacy });
    shares = await rekey(anonymous, shares, 5, 3);
    for (const caller of [vault, anonymous]) {
        await generateRoot(caller, shares);
    }
    return shares;
}

async function rekey(vault, shares, secret_shares, secret_threshold) {
    let answer;
    await step('rekey by write and read: init, update, and with verification', async () => {
        for (const require_verification of [false, true]) {
            const { nonce } = await vault.write('sys/rekey/init', { secret_shares, secret_threshold, require_verification });
            has({ started: true, n: secret_shares, t: secret_threshold, nonce }, await vault.read('sys/rekey/init'));
            for (const key of shares) {
                answer = await vault.write('sys/rekey/update', { key, nonce });
                if (answer.complete) {
                    break;
                }
            }
            assert.equal(answer.keys.length, secret_shares);
            shares = answer.keys;
        }
        for (const key of shares) {
            if ((await vault.write('sys/rekey/verify', { key, nonce: answer.verification_nonce })).complete) {
                return;
            }
        }
        assert.fail('the new shares were not taken');
    });
    return shares;
}

async function generateRoot(vault, shares) {
    await step('generateRootInit, generateRootCancel', async () => {
        has({ started: true }, await vault.generateRootInit());
        await done(vault.generateRootCancel());
        has({ started: false }, await vault.read('sys/generate-root/attempt'));
    });
    await step('generateRootUpdate, decoded with the one-time pad, is a root token', async () => {
        const { nonce, otp } = await vault.generateRootInit();
        let answer;
        for (const key of shares) {
            answer = await vault.generateRootUpdate({ key, nonce });
            if (answer.complete) {
                break;
            }
        }
        const token = Buffer.from(answer.encoded_root_token, 'base64').map((byte, i) => byte ^ otp.charCodeAt(i)).toString();
        has({ policies: ['root'] }, (await nodeVault({ endpoint: vault.endpoint, token }).tokenLookupSelf()).data);
    });
}

module.exports = { walk, rekey, generateRoot };
