// SPDX-License-Identifier: Apache-2.0

/// What share holders do together: `Initialization` makes the shares, `Unsealing` collects them, `Rekey`
/// puts others in their place, `RootGeneration` makes a root token. `Rotation` gives scopes new keys, which
/// takes no shares.
package io.coffer.core.ceremony;
