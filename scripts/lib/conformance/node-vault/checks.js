// SPDX-License-Identifier: Apache-2.0
// What a step of the walk may claim. The first claim that does not hold ends the walk, with the step that made it.
'use strict';

const assert = require('node:assert/strict');
const nodeVault = require('node-vault');

let steps = 0;

async function step(name, body) {
    steps++;
    console.log('  ' + name);
    await body();
}

// Every entry of `expected` stands in `actual`, which may hold more.
function has(expected, actual) {
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key]])), expected);
}

// The client got 204: it hands out the empty body.
async function done(answer) {
    assert.equal(await answer, '');
}

// The client rejects with this status, and with this text from the server in its message.
async function refused(status, text, answer) {
    const refusal = await answer.then(
        (body) => assert.fail('expected ' + status + ', got ' + JSON.stringify(body)),
        (error) => error);
    assert.equal(refusal.response && refusal.response.statusCode, status, refusal.message);
    assert.ok(refusal.message.includes(text), 'expected "' + text + '" in "' + refusal.message + '"');
    return refusal.response.body;
}

// The client takes each token that it makes for its own: another one with the token that this one has.
function twin(vault) {
    return nodeVault({ endpoint: vault.endpoint, token: vault.token });
}

module.exports = { assert, step, has, done, refused, twin, steps: () => steps };
