// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.seal.ShareId;

/// What became of a share of those who agree to a new root token.
public sealed interface RootUpdate {
    record NoneOpen() implements RootUpdate {}

    /// @param nonce the right one
    record WrongNonce(String nonce) implements RootUpdate {}

    record Refused(String reason) implements RootUpdate {}

    record Repeated(ShareId share) implements RootUpdate {}

    /// It counts, and more are needed.
    record Taken(ShareId share) implements RootUpdate {}

    /// It was the last one.
    record Made(ShareId share, RootGeneration.Handover handover) implements RootUpdate {}
}
