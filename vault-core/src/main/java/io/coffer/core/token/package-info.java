// SPDX-License-Identifier: Apache-2.0

/// What a client shows to be let in: a `Token` is what a secret text may do, and the `TokenStore` finds one
/// by a keyed hash of that text, which itself is stored nowhere.
package io.coffer.core.token;
