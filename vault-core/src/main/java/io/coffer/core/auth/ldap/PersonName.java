// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.request.RequestPath;
import java.text.Normalizer;
import java.util.Locale;

/// The name of somebody in a directory. Directories take many spellings for one name (RFC 4518): they pass
/// over blanks at the ends, signs without width and the case of letters, and compose what can be composed.
/// Here one spelling of each counts, so that failures, policies and aliases are counted by whom the
/// directory means.
final class PersonName {
    private static final int LONGEST = 256;

    private PersonName() {}

    /// Whether it is spelled in the way that counts, but for the case of letters. Nobody is asked about another one.
    static boolean isPlain(String written) {
        return !written.isEmpty()
                && written.length() <= LONGEST
                && written.equals(written.strip())
                && !written.contains("  ")
                && Normalizer.isNormalized(written, Normalizer.Form.NFKC)
                && written.codePoints().allMatch(PersonName::isVisible);
    }

    /// In one case: letters that are one in capitals are one.
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean isVisible(int point) {
        boolean selector = point >= 0xfe00 && point <= 0xfe0f || point >= 0x180b && point <= 0x180f || point == 0x34f;
        return !selector && point != 0xfffc && RequestPath.printable(point);
    }
}
