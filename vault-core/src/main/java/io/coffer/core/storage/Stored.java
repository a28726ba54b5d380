// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// A value as it lies on the disk, with its name.
public record Stored(StorageKey key, Ciphertext value) {}
