// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// One set of shares: how many there are and are needed, the root key that they open, and what tells each of
/// them from every other string of bytes.
public record Generation(SealConfig config, SealedRootKey rootKey, Commitments commitments) {
    public Generation {
        Objects.requireNonNull(rootKey, "rootKey");
        if (commitments.values().size() != config.shares()) {
            throw new IllegalArgumentException("a generation commits to each of its shares");
        }
    }

    /// Its number, from 1; no number is ever used for two sets.
    public int number() {
        return commitments.generation();
    }

    public int threshold() {
        return config.threshold();
    }

    /// Its shares.
    public List<ShareId> ids() {
        return config.shares() == 1
                ? List.of(new ShareId(number(), 0))
                : IntStream.rangeClosed(1, config.shares())
                        .mapToObj(index -> new ShareId(number(), index))
                        .toList();
    }

    ShareId id(OptionalInt index) {
        return new ShareId(number(), index.orElseThrow());
    }
}
