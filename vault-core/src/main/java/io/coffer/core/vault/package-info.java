// SPDX-License-Identifier: Apache-2.0

/// The `Vault` is uninitialized, sealed or unsealed, and each `VaultState` holds what that state has. Its
/// `Door` lends the barrier of an unsealed vault to closures and to nothing else.
package io.coffer.core.vault;
