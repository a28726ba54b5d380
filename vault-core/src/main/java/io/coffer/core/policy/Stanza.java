// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.hcl.Position;
import java.time.Instant;

/// One `path` of a policy.
///
/// @param label as it was written
/// @param path the label without a '/' at its start
/// @param terms what it says of a request
/// @param end when it stops to count; {@link Instant#MAX} for never
record Stanza(String label, Template path, Terms terms, Instant end, Position at) {}
