// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.crypto.ShareRecipient;
import io.coffer.core.seal.SealConfig;
import java.util.List;

/// What a rekey is asked for.
///
/// @param holders one for each share in their order, or none: then the shares are handed out in clear
/// @param backup whether the encrypted shares are kept inside the barrier too
/// @param delivery whether the encrypted shares are kept where their holders fetch them, also while sealed
/// @param proof whether the former shares stay until a quorum of the new ones has been handed in
public record RekeyPlan(SealConfig config, List<Holder> holders, boolean backup, boolean delivery, Proof proof) {
    /// Who gets a share.
    ///
    /// @param name for people; empty if it is not known
    public record Holder(String name, ShareRecipient key) {}

    /// What is asked of the new shares before they count.
    public enum Proof {
        NONE,
        /// As many as the threshold.
        QUORUM,
        /// Every one.
        ALL
    }

    public RekeyPlan {
        holders = List.copyOf(holders);
        if (!holders.isEmpty() && holders.size() != config.shares()) {
            throw new IllegalArgumentException("there is a holder for each share or for none");
        }
        if (holders.isEmpty() && (backup || delivery)) {
            throw new IllegalArgumentException("only encrypted shares are kept");
        }
    }

    public boolean encrypts() {
        return !holders.isEmpty();
    }

    /// Of the holders' keys, in the order of the shares.
    public List<String> fingerprints() {
        return holders.stream().map(holder -> holder.key().fingerprint()).toList();
    }

    List<ShareRecipient> keys() {
        return holders.stream().map(Holder::key).toList();
    }
}
