// SPDX-License-Identifier: Apache-2.0

/// The life of the keys that encrypt values, told and ended: `LastUses` says when a term last opened a
/// value, a `Destruction` is the wish to have keys gone, `DestroyJob` carries it out, and a `Receipt` says
/// that it was done and what that proves.
package io.coffer.core.term;
