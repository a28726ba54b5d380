// SPDX-License-Identifier: Apache-2.0
/// `auth/approle/`: machines log in with the id of a role and, mostly, a secret id of it.
///
/// | in the mount's scope | what |
/// |---|---|
/// | `role/NAME` | a role: [Role] |
/// | `role-id/HASH` | the name of the role that has this role id; the hash is SHA-256 in hex |
/// | `secret-id-key` | 32 random bytes: the key under which secret ids are hashed |
/// | `secret/UID/HASH` | what is known of a secret id of the role with this uid: [SecretId]. Nothing tells its text |
/// | `accessor/UID/ACCESSOR` | the hash of the secret id with this accessor |
/// | `due/MOMENT/UID/HASH` | a mark for each secret id that ends, in the order of their ends |
/// | `gone/UID` | a mark for each role that is deleted and whose secret ids are not cleared away yet |
///
/// A role keeps its uid as long as it lives and no other ever gets it, so what belongs to a deleted role belongs to
/// nobody, and an accessor is only ever looked for among those of the role that the path names.
package io.coffer.core.auth.approle;
