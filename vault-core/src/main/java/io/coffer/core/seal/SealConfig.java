// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

/// How many shares there are and how many of them are needed: 1 of 1, or 2 to 255 of at most 255.
public record SealConfig(int shares, int threshold) {
    /// The most shares: x coordinates are 1 to 255.
    public static final int MAX_SHARES = 255;

    public SealConfig {
        String refusal = refusal(shares, threshold);
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
    }

    /// What is wrong with these numbers, in the words that clients know; empty if nothing is.
    public static String refusal(long shares, long threshold) {
        if (shares < 1) {
            return "shares must be at least one";
        }
        if (threshold < 1) {
            return "threshold must be at least one";
        }
        if (shares > 1 && threshold == 1) {
            return "threshold must be greater than one for multiple shares";
        }
        if (shares > MAX_SHARES) {
            return "shares must be less than 256";
        }
        if (threshold > MAX_SHARES) {
            return "threshold must be less than 256";
        }
        return threshold > shares ? "threshold cannot be larger than shares" : "";
    }
}
