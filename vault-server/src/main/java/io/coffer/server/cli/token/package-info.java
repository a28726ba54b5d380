// SPDX-License-Identifier: Apache-2.0

/// Commands for tokens.
@NullMarked
package io.coffer.server.cli.token;

import org.jspecify.annotations.NullMarked;
