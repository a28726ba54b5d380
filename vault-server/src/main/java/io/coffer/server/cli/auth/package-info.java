// SPDX-License-Identifier: Apache-2.0

/// Commands for login methods.
@NullMarked
package io.coffer.server.cli.auth;

import org.jspecify.annotations.NullMarked;
