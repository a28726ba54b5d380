// SPDX-License-Identifier: Apache-2.0

/// The keys of one scope: a `Keyring` holds a `DataKey` for each `KeyTerm` that is not destroyed, and a
/// `KeyStatus` says what each term may still do.
package io.coffer.core.keyring;
