// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import io.coffer.core.request.Json;
import java.util.Locale;
import java.util.Map;

/// Writes a JSON tree as YAML blocks. A text stands without quotes only if no reader of YAML 1.1 or 1.2 can
/// take it for anything but that text; a number keeps its digits.
public final class Yaml {
    /// Words that some reader takes for a truth value, null, or a number.
    private static final String RESERVED = " y n yes no on off true false null nan inf infinity e ";

    private final StringBuilder out = new StringBuilder(256);

    private Yaml() {}

    /// Ends with a line break.
    public static String of(Json value) {
        Yaml yaml = new Yaml();
        if (yaml.block(value)) {
            yaml.lines(value, 0, false);
        } else {
            yaml.inline(value);
            yaml.out.append('\n');
        }
        return yaml.out.toString();
    }

    private boolean block(Json value) {
        return value instanceof Json.Obj object && !object.members().isEmpty()
                || value instanceof Json.Arr array && !array.items().isEmpty();
    }

    /// @param started whether the first line is begun already, after the dash of a list
    private void lines(Json value, int depth, boolean started) {
        boolean first = started;
        if (value instanceof Json.Obj object) {
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                indent(first ? 0 : depth);
                text(member.getKey());
                out.append(':');
                child(member.getValue(), depth);
                first = false;
            }
        } else if (value instanceof Json.Arr array) {
            for (Json item : array.items()) {
                indent(first ? 0 : depth);
                out.append('-');
                if (block(item)) {
                    out.append(' ');
                    lines(item, depth + 1, true);
                } else {
                    child(item, depth);
                }
                first = false;
            }
        }
    }

    private void child(Json value, int depth) {
        if (block(value)) {
            out.append('\n');
            lines(value, depth + 1, false);
        } else {
            out.append(' ');
            inline(value);
            out.append('\n');
        }
    }

    private void inline(Json value) {
        if (value instanceof Json.Obj) {
            out.append("{}");
        } else if (value instanceof Json.Arr) {
            out.append("[]");
        } else if (value instanceof Json.Str string) {
            text(string.value());
        } else {
            out.append(Scalars.text(value));
        }
    }

    private void indent(int depth) {
        for (int i = 0; i < depth; i++) {
            out.append("  ");
        }
    }

    private void text(String text) {
        if (plain(text)) {
            out.append(text);
        } else {
            JsonPrinter.quote(text, out);
        }
    }

    private static boolean plain(String text) {
        if (text.isEmpty() || !letter(text.charAt(0)) && text.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!letter(c) && !(c >= '0' && c <= '9') && "_-./+=".indexOf(c) < 0) {
                return false;
            }
        }
        return RESERVED.indexOf(" " + text.toLowerCase(Locale.ROOT) + " ") < 0;
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
