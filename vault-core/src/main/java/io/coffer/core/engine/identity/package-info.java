// SPDX-License-Identifier: Apache-2.0

/// The mount `identity/`: a class of routes for each noun, over `io.coffer.core.identity`.
package io.coffer.core.engine.identity;
