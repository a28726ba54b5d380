// SPDX-License-Identifier: Apache-2.0

/// Secrets that clients store under paths of their own choice: version 1 keeps the last value of a path,
/// version 2 keeps several and knows when each was written, deleted or destroyed.
///
/// A mount's scope holds, side by side (the names of secrets stand below a folder, so none can collide with another
/// record):
///
/// | key | what |
/// |---|---|
/// | `v1/<path>` | a value of version 1: [UnversionedRecord] |
/// | `unversioned` | [UpgradeRecord]: there are values of version 1, and how far they were moved |
/// | `config` | the mount's settings in version 2: [Settings] |
/// | `meta/<path>` | what is known of a secret of version 2 and of each of its versions: [KeyMetadata] |
/// | `data/<path>/<n>` | the value of its version n: [VersionRecord]; gone when the version is destroyed or pruned |
///
/// A read of the newest version costs two reads, metadata and value. A list is a list of `meta/`.
package io.coffer.core.engine.kv;
