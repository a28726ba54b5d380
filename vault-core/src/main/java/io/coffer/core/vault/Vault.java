// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.vault;

/// The vault and its door.
public final class Vault {}
