// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// What a JSON text may cost.
///
/// @param depth the deepest nesting of objects and arrays
/// @param stringBytes the longest string or member name, in bytes of UTF-8
/// @param strings how many strings there may be, member names included
/// @param numberDigits the longest number, in characters
/// @param values how many values of any kind there may be: one that takes two bytes of text takes a hundred
///     on the heap
public record JsonLimits(int depth, int stringBytes, int strings, int numberDigits, int values) {
    public static final JsonLimits DEFAULT = new JsonLimits(64, 1 << 20, 100_000, 1_000, 200_000);

    /// The deepest nesting that a configuration may allow, so that a reader's stack always suffices.
    public static final int DEEPEST = 500;

    /// For what passed other limits before: at least as wide as any configuration's.
    static final JsonLimits STORED =
            new JsonLimits(2 * DEEPEST, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public JsonLimits {
        if (depth < 1 || stringBytes < 1 || strings < 1 || numberDigits < 1 || values < 1) {
            throw new IllegalArgumentException("JSON limits are at least 1");
        }
    }
}
