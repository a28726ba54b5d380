// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A filter of a directory (RFC 4515) with places for names: `{{.Username}}`, `{{.UserDN}}`, `{{.UserAttr}}`. What
/// stands in such a place is always one value: every byte of it but letters and digits is written by its number.
public record DirectoryFilter(String template) {
    public static final DirectoryFilter USERS = new DirectoryFilter("({{.UserAttr}}={{.Username}})");
    public static final DirectoryFilter GROUPS =
            new DirectoryFilter("(|(memberUid={{.Username}})(member={{.UserDN}})(uniqueMember={{.UserDN}}))");

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*\\.(Username|UserDN|UserAttr)\\s*}}");
    private static final int LONGEST = 4_096;

    /// Why it is none; empty if it is one, as far as brackets and places tell.
    public String refusal() {
        String bare = PLACE.matcher(template).replaceAll("");
        if (bare.contains("{{") || bare.contains("}}")) {
            return "holds other places than {{.Username}}, {{.UserDN}} and {{.UserAttr}}";
        }
        int depth = 0;
        for (int i = 0; i < bare.length(); i++) {
            depth += bare.charAt(i) == '(' ? 1 : bare.charAt(i) == ')' ? -1 : 0;
            if (depth < 0 || depth == 0 && i < bare.length() - 1) {
                return "must be one filter in brackets";
            }
        }
        return bare.startsWith("(") && depth == 0 && template.length() <= LONGEST
                ? ""
                : "must be one filter in brackets";
    }

    /// The filter for somebody.
    ///
    /// @param attribute the name of an attribute, which stands there as it is
    public String of(String attribute, String user, String distinguishedName) {
        Map<String, String> values =
                Map.of("UserAttr", attribute, "Username", encoded(user), "UserDN", encoded(distinguishedName));
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }

    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9';
            encoded.append(
                    plain ? Character.toString(each) : "\\" + HexFormat.of().toHexDigits(each));
        }
        return encoded.toString();
    }
}
