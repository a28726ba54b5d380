// SPDX-License-Identifier: Apache-2.0
/// The algorithms: [io.coffer.core.crypto.AeadKey] encrypts and decrypts, [io.coffer.core.crypto.Hmac] and
/// [io.coffer.core.crypto.Hkdf] authenticate and derive, [io.coffer.core.crypto.ShareRecipient] encrypts for a
/// person, with a key of OpenPGP, age or SSH, and [io.coffer.core.crypto.SelfTests] proves each of them at start.
package io.coffer.core.crypto;
