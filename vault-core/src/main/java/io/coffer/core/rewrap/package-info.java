// SPDX-License-Identifier: Apache-2.0

/// Moves what is encrypted under older terms to the primary ones: a `Rewrap` says what is to be moved and
/// how far that came, `RewrapJob` does it, `Pace` keeps it from being in anybody's way.
package io.coffer.core.rewrap;
