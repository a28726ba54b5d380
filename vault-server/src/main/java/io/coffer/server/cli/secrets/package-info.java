// SPDX-License-Identifier: Apache-2.0

/// Commands for the mounts of secrets engines.
@NullMarked
package io.coffer.server.cli.secrets;

import org.jspecify.annotations.NullMarked;
