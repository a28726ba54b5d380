// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.JsonPrinter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a call carries. Never printed, save by `-output-curl-string`, and even there not if it is secret.
public record Body(byte[] bytes, boolean secret) implements AutoCloseable {
    public static final Body NONE = new Body(new byte[0], false);

    public static Body of(Json value) {
        return new Body(JsonPrinter.compact(value).getBytes(StandardCharsets.UTF_8), false);
    }

    /// An object with a member whose value is overwritten; [#close] overwrites the body.
    ///
    /// @param others further members
    public static Body secret(String name, char[] value, Json.Obj others) {
        String inBraces = JsonPrinter.compact(others);
        String more = inBraces.substring(1, inBraces.length() - 1);
        char[] json = new char[name.length() + more.length() + 8 + 6 * value.length];
        int at = 0;
        for (char c : ("{\"" + name + "\":\"").toCharArray()) {
            json[at++] = c;
        }
        for (char c : value) {
            if (c == '"' || c == '\\') {
                json[at++] = '\\';
                json[at++] = c;
            } else if (c < ' ') {
                for (char escaped : String.format("\\u%04x", (int) c).toCharArray()) {
                    json[at++] = escaped;
                }
            } else {
                json[at++] = c;
            }
        }
        for (char c : ("\"" + (more.isEmpty() ? "" : "," + more) + "}").toCharArray()) {
            json[at++] = c;
        }
        byte[] bytes = SecretText.utf8(json, at);
        Arrays.fill(value, '\0');
        return new Body(bytes, true);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
