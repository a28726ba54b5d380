// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.storage.StoreId;
import java.util.List;
import java.util.Objects;

/// What is known of a store without any key: who it is, how its root key is sealed and which shares are its own.
///
/// @param commitments to the shares of the current generation
/// @param former commitments of earlier generations, the newest first, at most {@link #MAX_FORMER}: to say
///     which one an old share is of
public record SealRecord(
        StoreId storeId, SealConfig config, SealedRootKey rootKey, Commitments commitments, List<Commitments> former) {
    /// How many earlier generations are remembered.
    public static final int MAX_FORMER = 8;

    public SealRecord {
        Objects.requireNonNull(storeId, "storeId");
        former = List.copyOf(former);
        if (commitments.values().size() != config.shares() || former.size() > MAX_FORMER) {
            throw new IllegalArgumentException("a seal record commits to each of its shares and to few former ones");
        }
    }

    public int generation() {
        return commitments.generation();
    }
}
