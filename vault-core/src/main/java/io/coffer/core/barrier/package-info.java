// SPDX-License-Identifier: Apache-2.0

/// Encrypted storage: the `Barrier` encrypts each value under the primary term of its scope's keyring and
/// decrypts it under the term in its header. Keyrings are read through the same transaction as the values,
/// so a value is never committed under a key that is gone.
package io.coffer.core.barrier;
