// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.seal.ShareId;

/// What became of a new share that was handed in as a proof.
public sealed interface RekeyProof {
    record NoneOpen() implements RekeyProof {}

    /// @param nonce the right one
    record WrongNonce(String nonce) implements RekeyProof {}

    record Refused(String reason) implements RekeyProof {}

    record Repeated(ShareId share) implements RekeyProof {}

    record Taken(ShareId share) implements RekeyProof {}

    /// The new shares are the only ones.
    record Complete(ShareId last, String nonce) implements RekeyProof {}
}
