// SPDX-License-Identifier: Apache-2.0

/// The life of the keys that encrypt values, told and ended: `LastUses` says when a term last opened a value.
package io.coffer.core.term;
