// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// A strict reader of the part of HCL 1 that configurations and policies are written in, and of its JSON
/// form.
///
/// A text is either read completely or refused with its place; nothing is repaired, guessed or skipped.
/// There are no expressions and no interpolation. Both forms give the same model, so whoever reads it
/// decides everything once.
public final class Hcl {
    private Hcl() {}

    /// Reads the HCL form, or the JSON form if the first character that is no blank is `{`.
    ///
    /// @throws HclException if the text is anything else, or over a limit
    public static Body parse(byte[] utf8, HclLimits limits) {
        return read(SourceText.of(utf8, limits), limits);
    }

    /// As {@link #parse(byte[], HclLimits)}, for a text that was decoded before.
    public static Body parse(String text, HclLimits limits) {
        return read(SourceText.of(text, limits), limits);
    }

    private static Body read(String text, HclLimits limits) {
        Source source = new Source(text, limits);
        return text.stripLeading().startsWith("{")
                ? new JsonReader(source).document()
                : new HclReader(source).document();
    }
}
