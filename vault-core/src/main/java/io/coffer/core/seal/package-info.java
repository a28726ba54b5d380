// SPDX-License-Identifier: Apache-2.0

/// What stands between the disk and the root key: a `SealConfig` says how many shares there are and how
/// many are needed, the `SealRecord` holds the sealed root key and a commitment to each share, a `Ceremony`
/// collects shares.
package io.coffer.core.seal;
