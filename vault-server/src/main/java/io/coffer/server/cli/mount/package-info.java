// SPDX-License-Identifier: Apache-2.0

/// Commands for what stands at a path, a secrets engine or a login method: each serves both, as a `MountKind` says.
@NullMarked
package io.coffer.server.cli.mount;

import org.jspecify.annotations.NullMarked;
