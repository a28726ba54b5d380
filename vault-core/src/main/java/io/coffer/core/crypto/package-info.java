// SPDX-License-Identifier: Apache-2.0
/// The algorithms: [io.coffer.core.crypto.AeadKey] encrypts and decrypts, [io.coffer.core.crypto.Hmac] and
/// [io.coffer.core.crypto.Hkdf] authenticate and derive, [io.coffer.core.crypto.PgpRecipient] encrypts for a
/// person, and [io.coffer.core.crypto.SelfTests] proves each of them at start.
package io.coffer.core.crypto;
