// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kind of secrets, of logins or of the vault's own settings: a list of routes. It holds no state and no
/// lock; what it knows lies in the storage of its mount.
public interface Engine {
    /// In the order in which they are tried; the first whose pattern matches the path and whose operation
    /// is the request's wins.
    List<Route> routes();

    /// What stands behind the name of a type: which engine serves a mount, by its options.
    interface Kind {
        Engine at(MountConfig mount);

        /// Why a mount of this kind may not have these options; empty if it may. Asked before a mount is made or
        /// changed.
        ///
        /// @param before the options that it has now; empty if it is to be made
        default Optional<String> refusal(Optional<Map<String, String>> before, Map<String, String> after) {
            return Optional.empty();
        }
    }
}
