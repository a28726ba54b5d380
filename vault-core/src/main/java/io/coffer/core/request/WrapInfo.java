// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.time.Instant;

/// Where a wrapped answer lies.
///
/// @param token opens it, once
/// @param creationPath the path that was answered
/// @param wrappedAccessor the accessor of what is in it; empty if that has none
public record WrapInfo(
        Credential token,
        String accessor,
        long ttlSeconds,
        Instant created,
        String creationPath,
        String wrappedAccessor) {}
