// SPDX-License-Identifier: Apache-2.0

/// Commands for the vault itself, its keys and its shares.
@NullMarked
package io.coffer.server.cli.operator;

import org.jspecify.annotations.NullMarked;
