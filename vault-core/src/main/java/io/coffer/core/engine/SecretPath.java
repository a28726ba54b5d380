// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The name of something that a client stores under a path of its own choice: the capture `path` of a route.
public final class SecretPath {
    /// The longest, in bytes of UTF-8: a storage key has 4096, and an engine puts its own folder before it.
    public static final int LONGEST = 3_968;

    /// The pattern's end that captures it.
    public static final String CAPTURE = ":path*";

    private SecretPath() {}

    /// Answers with the work's answer, or says why this is no name.
    ///
    /// @param missing the answer where the path is empty
    public static Response of(Call call, Response missing, Function<String, Response> work) {
        String path = call.request().values().captured("path");
        if (path.isEmpty()) {
            return missing;
        }
        if (call.request().incoming().path().isFolder()) {
            return call.request().incoming().operation() == Operation.READ
                    ? Response.ABSENT
                    : new Response.Invalid("a path ending in '/' names a folder, which only lists can be asked of");
        }
        return fits(path) ? work.apply(path) : tooLong();
    }

    /// The name, if the path is one.
    public static Optional<String> name(Call call) {
        String path = call.request().values().captured("path");
        boolean proper = !path.isEmpty() && !call.request().incoming().path().isFolder() && fits(path);
        return proper ? Optional.of(path) : Optional.empty();
    }

    /// As {@link #of}, for the folder and the part of it that a list or scan asks for; the empty path is the whole
    /// mount.
    public static Response folder(Call call, BiFunction<String, Paging, Response> work) {
        String path = call.request().values().captured("path");
        return Paging.asked(call, paging -> fits(path) ? work.apply(path, paging) : tooLong());
    }

    private static Response tooLong() {
        return new Response.Invalid("the path is longer than " + LONGEST + " bytes");
    }

    private static boolean fits(String path) {
        return path.length() <= LONGEST / 3 || path.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
