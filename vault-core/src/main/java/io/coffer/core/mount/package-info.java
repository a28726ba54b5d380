// SPDX-License-Identifier: Apache-2.0

/// What stands at which path: a `Mount` gives an engine a path, a scope of its own and settings; the
/// `MountTable` finds the mount of a path and changes mounts together with their keyrings.
package io.coffer.core.mount;
