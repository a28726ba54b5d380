// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

/// Which share this is, without a word of what it says.
///
/// @param generation of the shares that it belongs to, from 1
/// @param index its x; 0 for a single key
public record ShareId(int generation, int index) {}
