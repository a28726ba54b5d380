// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.request.Json;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// Writes values into a line so that they can be compared but not read: a string becomes `hmac-sha256:` and
/// 64 hex digits, made under the device's key of its UTF-8 bytes. Names of members, numbers, flags and null
/// stand as they are.
///
/// In clear, if the device asks for it, are strings only; what stands off the heap never is. So are the strings that
/// stand under a name that the mount's operator has named, also in a list there, but not in an object below it.
final class Redaction {
    private static final String PREFIX = "hmac-sha256:";

    private final LineWriter out;
    private final Hashes hashes;
    private final boolean clear;
    private final Set<String> shown;

    /// @param shown names of members whose strings stand in clear
    Redaction(LineWriter out, Hashes hashes, boolean clear, Set<String> shown) {
        this.out = out;
        this.hashes = hashes;
        this.clear = clear;
        this.shown = shown;
    }

    /// Writes data as a member of this name; data longer than the limit as a flag that says that it was
    /// left out.
    void member(String name, Json data, Map<String, Secret> secrets, int limit) {
        int start = out.length();
        out.json(",\"").json(name).json("\":");
        if (!data(data, secrets, out.length() + limit)) {
            out.cut(start);
            out.json(",\"").json(name).json("_omitted\":true");
        }
    }

    /// What stands in the line for a text that is used more than once; nothing stands for an empty one.
    String hidden(String text) {
        if (clear || text.isEmpty()) {
            return text;
        }
        return PREFIX + HexFormat.of().formatHex(hashes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    void text(String text, boolean inClear) {
        if (inClear) {
            out.string(text);
        } else {
            hash(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void hash(byte[] value) {
        out.put('"').json(PREFIX).hex(hashes.of(value)).put('"');
    }

    /// Whether strings stand in clear whatever their name.
    boolean clear() {
        return clear;
    }

    /// Whether there is a name that makes a difference.
    boolean looksAtNames() {
        return !clear && !shown.isEmpty();
    }

    /// Whether strings under this name stand in clear.
    boolean shows(String name) {
        return clear || shown.contains(name);
    }

    private boolean data(Json data, Map<String, Secret> secrets, int end) {
        if (secrets.isEmpty()) {
            return value(data, clear, end);
        }
        Json.Obj open =
                switch (data) {
                    case Json.Obj object -> object;
                    case Json.Null none -> Json.EMPTY;
                    case Json.Arr a -> throw apart();
                    case Json.Str s -> throw apart();
                    case Json.Num n -> throw apart();
                    case Json.Bool b -> throw apart();
                    case Json.Raw r -> throw apart();
                };
        return object(open, secrets, end);
    }

    private boolean value(Json value, boolean inClear, int end) {
        switch (value) {
            case Json.Obj object -> {
                return object(object, Map.of(), end);
            }
            case Json.Arr array -> {
                return array(array, inClear, end);
            }
            case Json.Str string -> text(string.value(), inClear);
            case Json.Num number -> number(number.text());
            case Json.Bool flag -> out.json(flag.value() ? "true" : "false");
            case Json.Null none -> out.json("null");
            case Json.Raw raw -> {
                return new RawJson(raw, inClear).redact(this, out, end);
            }
        }
        return out.length() <= end;
    }

    private boolean object(Json.Obj object, Map<String, Secret> secrets, int end) {
        out.put('{');
        boolean first = true;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            name(member.getKey(), first);
            first = false;
            if (!value(member.getValue(), shows(member.getKey()), end)) {
                return false;
            }
        }
        for (Map.Entry<String, Secret> secret : secrets.entrySet()) {
            if (!object.has(secret.getKey())) {
                name(secret.getKey(), first);
                first = false;
                secret.getValue().use(bytes -> {
                    hash(bytes);
                    return true;
                });
            }
        }
        out.put('}');
        return out.length() <= end;
    }

    private boolean array(Json.Arr array, boolean inClear, int end) {
        out.put('[');
        for (int i = 0; i < array.items().size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            if (!value(array.items().get(i), inClear, end)) {
                return false;
            }
        }
        out.put(']');
        return out.length() <= end;
    }

    private void name(String name, boolean first) {
        if (!first) {
            out.put(',');
        }
        out.string(name).put(':');
    }

    /// A number is text somewhere else, so it is looked at before it stands in clear.
    private void number(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!RawJson.ofNumber(text.charAt(i))) {
                throw new IllegalStateException("a number holds something else");
            }
        }
        out.json(text);
    }

    private static IllegalStateException apart() {
        return new IllegalStateException("fields that stand apart belong to an object");
    }
}
