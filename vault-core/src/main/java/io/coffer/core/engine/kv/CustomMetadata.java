// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Coercion;
import io.coffer.core.request.Json;
import io.coffer.core.request.RequestPath;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Names and texts that clients keep beside a secret.
final class CustomMetadata {
    static final int MOST = 64;
    static final int LONGEST_NAME = 128;
    static final int LONGEST_TEXT = 512;

    private CustomMetadata() {}

    sealed interface Outcome {}

    record Accepted(Map<String, String> texts) implements Outcome {}

    /// @param error names the member unless its name is the fault, never the text
    record Refused(String error) implements Outcome {}

    /// What stands after the request: all of the given instead of what there was.
    static Outcome replace(Json.Obj given) {
        return merge(Map.of(), given, false);
    }

    /// What stands after the request: the given added to what there was, and without what is given as null.
    static Outcome patch(Map<String, String> before, Json.Obj given) {
        return merge(before, given, true);
    }

    private static Outcome merge(Map<String, String> before, Json.Obj given, boolean nullRemoves) {
        Map<String, String> texts = new LinkedHashMap<>(before);
        for (Map.Entry<String, Json> member : given.members().entrySet()) {
            if (nullRemoves && member.getValue() instanceof Json.Null) {
                texts.remove(member.getKey());
                continue;
            }
            Optional<String> text = Coercion.text(member.getValue());
            String refusal = refusal(member.getKey(), text);
            if (!refusal.isEmpty()) {
                return new Refused("custom_metadata validation failed: " + refusal);
            }
            texts.put(member.getKey(), text.orElseThrow());
        }
        return texts.size() <= MOST
                ? new Accepted(texts)
                : new Refused("custom_metadata validation failed: payload must contain at most " + MOST
                        + " keys, provided " + texts.size());
    }

    private static String refusal(String name, Optional<String> text) {
        int nameBytes = bytes(name);
        if (nameBytes == 0 || nameBytes > LONGEST_NAME) {
            return "length of a key is " + nameBytes + " but must be 0 < len(key) <= " + LONGEST_NAME;
        }
        if (!printable(name)) {
            return "a key contains unprintable characters";
        }
        if (text.isEmpty()) {
            return "the value for key \"" + name + "\" must be text";
        }
        int textBytes = bytes(text.get());
        if (textBytes == 0 || textBytes > LONGEST_TEXT) {
            return "length of value for key \"" + name + "\" is " + textBytes + " but must be 0 < len(value) <= "
                    + LONGEST_TEXT;
        }
        return printable(text.get()) ? "" : "value for key \"" + name + "\" contains unprintable characters";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean printable(String text) {
        return text.codePoints().allMatch(RequestPath::printable);
    }
}
