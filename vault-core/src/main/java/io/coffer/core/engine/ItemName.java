// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a role, user or other item: word characters, and inside of it also `.` and `-`.
public final class ItemName {
    /// What whoever writes another name into a path is told: no endpoint has it.
    public static final Response UNSUPPORTED = new Response.NotFound(Response.wrapped("unsupported path"));

    private static final int LONGEST = 512;
    private static final Pattern FORM = Pattern.compile("\\w([\\w.-]*\\w)?");

    private ItemName() {}

    /// The text, if it is such a name.
    public static Optional<String> of(String text) {
        return of(text, LONGEST);
    }

    /// The same where names may be longer.
    public static Optional<String> of(String text, int longest) {
        return text.length() <= longest && FORM.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /// The name that a path captures as `name`, in lower case: spellings of other letters' case are no other names.
    public static Optional<String> lower(Call call) {
        return of(call.request().values().captured("name")).map(name -> name.toLowerCase(Locale.ROOT));
    }
}
