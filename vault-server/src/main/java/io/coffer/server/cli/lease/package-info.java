// SPDX-License-Identifier: Apache-2.0

/// Commands for leases.
@NullMarked
package io.coffer.server.cli.lease;

import org.jspecify.annotations.NullMarked;
