// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// What a text may cost.
///
/// @param bytes its length in UTF-8
/// @param depth the deepest nesting of blocks, objects and lists
/// @param nodes how many attributes, blocks, labels and values there may be
public record HclLimits(int bytes, int depth, int nodes) {
    /// Fits every policy and configuration seen, and parses in milliseconds.
    public static final HclLimits DEFAULT = new HclLimits(1 << 20, 32, 100_000);

    /// What the stack bears without a doubt, whatever its size.
    public static final int DEEPEST = 200;

    public HclLimits {
        if (bytes < 1 || depth < 1 || nodes < 1) {
            throw new IllegalArgumentException("HCL limits are at least 1");
        }
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the depth limit is at most " + DEEPEST);
        }
    }
}
