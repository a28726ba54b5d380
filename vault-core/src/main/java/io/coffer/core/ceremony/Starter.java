// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.seal.ShareId;

/// Who started a ceremony, or wants it ended.
public sealed interface Starter {
    /// A token that is allowed to, with sudo.
    ///
    /// @param id what names this token and no other
    record ByToken(String id, String displayName) implements Starter {
        /// Whether somebody comes with the same token.
        boolean isSame(Starter other) {
            return other instanceof ByToken that && id.equals(that.id);
        }
    }

    /// Whoever has this share.
    record ByShare(ShareId share) implements Starter {}

    /// Anybody, on a listener with `legacy_ceremonies`.
    ///
    /// @param address the peer's
    record Anybody(String address) implements Starter {}

    /// For people.
    default String text() {
        return switch (this) {
            case ByToken token -> "token " + token.displayName();
            case ByShare(ShareId share) ->
                share.index() == 0
                        ? "the key of generation " + share.generation()
                        : "share " + share.index() + " of generation " + share.generation();
            case Anybody anybody -> anybody.address().isEmpty() ? "anybody" : "anybody at " + anybody.address();
        };
    }
}
