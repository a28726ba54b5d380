// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a role, user or other item that a path captures: word characters, and inside of it also `.` and `-`.
public final class ItemName {
    private static final int LONGEST = 512;
    private static final Pattern FORM = Pattern.compile("\\w([\\w.-]*\\w)?");

    private ItemName() {}

    /// Why this is no such name; empty if it is one. No endpoint has another form.
    public static Optional<Response> refusal(String name) {
        return refusal(name, LONGEST);
    }

    /// The same where names may be longer.
    public static Optional<Response> refusal(String name, int longest) {
        return name.length() <= longest && FORM.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new Response.NotFound("1 error occurred:\n\t* unsupported path\n\n"));
    }
}
