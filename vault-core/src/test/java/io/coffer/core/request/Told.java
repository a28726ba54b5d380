// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// What tests read in answers.
public final class Told {
    private Told() {}

    /// The data of an answer that has some.
    public static Json.Obj data(Response answer) {
        if (answer instanceof Response.Ok ok && ok.data() instanceof Json.Obj data) {
            return data;
        }
        throw new AssertionError("no data in " + answer);
    }

    /// A text among them.
    public static String text(Json.Obj data, String name) {
        return ((Json.Str) data.get(name)).value();
    }
}
