// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an issuer may send people back to: what is allowed, letter by letter. A program on the user's own machine
/// takes the port that it gets, so there the port does not count (RFC 8252, 7.3).
final class Redirects {
    private static final Pattern LOOPBACK =
            Pattern.compile("(https?://(?:localhost|127\\.0\\.0\\.1|\\[::1]))(?::\\d{1,5})?(/[!-~]*)?");

    private Redirects() {}

    static boolean allows(List<String> allowed, String uri) {
        Optional<String> here = withoutPort(uri);
        return here.isEmpty()
                ? allowed.contains(uri)
                : allowed.stream().anyMatch(each -> withoutPort(each).equals(here));
    }

    /// What a URI of this machine is but for its port; empty for every other text.
    private static Optional<String> withoutPort(String text) {
        Matcher found = LOOPBACK.matcher(text);
        return found.matches()
                ? Optional.of(
                        found.group(1) + Optional.ofNullable(found.group(2)).orElse(""))
                : Optional.empty();
    }
}
