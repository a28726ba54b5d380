// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// A request that was authenticated, allowed and parsed: what a handler sees.
///
/// @param incoming as it came
/// @param values the route's fields and what its path captures
/// @param body the whole body, for routes that store it as it is; empty if there was none
public record Request(Incoming incoming, Values values, Json.Obj body) {}
