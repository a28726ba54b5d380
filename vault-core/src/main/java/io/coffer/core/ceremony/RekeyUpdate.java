// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.seal.ShareId;
import java.util.Optional;

/// What became of a share of those that agree, or of the wish to collect the new ones.
public sealed interface RekeyUpdate {
    record NoneOpen() implements RekeyUpdate {}

    /// The new shares are made and wait for their proof.
    record ProofAwaited(String proofNonce) implements RekeyUpdate {}

    /// @param nonce the right one
    record WrongNonce(String nonce) implements RekeyUpdate {}

    /// There was no share, and nothing to collect for this caller.
    record NoShare() implements RekeyUpdate {}

    record Refused(String reason) implements RekeyUpdate {}

    record Repeated(ShareId share) implements RekeyUpdate {}

    /// It counts; if it was the last one, whoever started the rekey collects the new shares.
    record Taken(ShareId share) implements RekeyUpdate {}

    /// @param last the share that was the last one, if the call had one
    record Made(Optional<ShareId> last, Rekey.Handover handover) implements RekeyUpdate {}
}
