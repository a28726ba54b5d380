// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Request;
import java.security.SecureRandom;
import java.time.Instant;

/// All that a handler computes from, beside the storage of its mount.
///
/// @param now the same in both runs of a transaction
public record Call(Request request, Caller caller, MountConfig mount, Instant now, SecureRandom random) {}
