// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import java.util.List;

/// A kind of secrets, of logins or of the vault's own settings: a list of routes. It holds no state and no
/// lock; what it knows lies in the storage of its mount.
public interface Engine {
    /// In the order in which they are tried; the first whose pattern matches the path and whose operation
    /// is the request's wins.
    List<Route> routes();

    /// What stands behind the name of a type: which engine serves a mount, by its options.
    interface Kind {
        Engine at(MountConfig mount);
    }
}
