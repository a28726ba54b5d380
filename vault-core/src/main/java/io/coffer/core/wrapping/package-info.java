// SPDX-License-Identifier: Apache-2.0

/// Answers that lie in the vault until whoever has the token for one takes it, once. Nothing here is a kind
/// of storage of its own: a wrapped answer lies in the cubbyhole of its token and goes with it.
package io.coffer.core.wrapping;
