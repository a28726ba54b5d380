// SPDX-License-Identifier: Apache-2.0

/// A place of its own for each token, which nobody else can read and which goes with it.
///
/// The mount's scope holds `<caller>/<path>`: an [io.coffer.core.engine.cubbyhole.CubbyholeRecord] under
/// the name that the vault has for the token.
package io.coffer.core.engine.cubbyhole;
