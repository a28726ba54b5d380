// SPDX-License-Identifier: Apache-2.0

/// Commands for the key-value store.
@NullMarked
package io.coffer.server.cli.kv;

import org.jspecify.annotations.NullMarked;
