// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// The bounds of one committer.
///
/// @param pending how many transactions may be accepted and not yet durable; over it a write fails with
///     {@code OverloadedException}. One is accepted as long as there is room at all, so the last may go
///     over the bytes
/// @param pendingBytes how many bytes of keys and values may be accepted and not yet durable
/// @param page how many items one list or scan gives at most
public record StorageLimits(int pending, long pendingBytes, int page) {
    public static final StorageLimits DEFAULT = new StorageLimits(4_096, 16L << 20, 1_000);

    public StorageLimits {
        if (pending < 1 || pendingBytes < 1 || page < 1) {
            throw new IllegalArgumentException("pending, pendingBytes and page are at least 1");
        }
    }
}
