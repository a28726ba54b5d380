// SPDX-License-Identifier: Apache-2.0

/// Commands for policies.
@NullMarked
package io.coffer.server.cli.policy;

import org.jspecify.annotations.NullMarked;
