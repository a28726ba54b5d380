// SPDX-License-Identifier: Apache-2.0

/// What a client shows to be let in: a `Token` is what a secret text may do and how long, and the `TokenStore` finds
/// one by a keyed hash of that text, which itself is stored nowhere. A token dies with its `Parent`: at once, because
/// whoever finds it looks at all that it descends from. `ExpireTokens` and `ClearTokens` tidy up afterwards.
package io.coffer.core.token;
