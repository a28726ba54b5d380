// SPDX-License-Identifier: Apache-2.0

/// Secrets that end. A `Lease` says who has one and until when, the `LeaseStore` finds it, and
/// `ExpireLeases` has it taken back by a `Revoker`: the engine that gave it. A lease is dead when its time
/// is over, when it is revoked, or when the token that got it is dead, whether it has been taken back yet
/// or not.
package io.coffer.core.lease;
