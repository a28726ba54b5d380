// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import io.coffer.core.request.Json;
import java.util.Map;

/// JSON for people: two blanks a level, members in the order they came, numbers digit for digit.
///
/// A chain of `instanceof` here and in the other printers, since a pattern switch links itself at run time,
/// which costs a command more than everything else that it does.
public final class JsonPrinter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(256);
    private final boolean indented;

    private JsonPrinter(boolean indented) {
        this.indented = indented;
    }

    /// Ends without a line break.
    public static String indented(Json value) {
        JsonPrinter printer = new JsonPrinter(true);
        printer.value(value, 0);
        return printer.out.toString();
    }

    public static String compact(Json value) {
        JsonPrinter printer = new JsonPrinter(false);
        printer.value(value, 0);
        return printer.out.toString();
    }

    private void value(Json value, int depth) {
        if (value instanceof Json.Str text) {
            string(text.value());
        } else if (value instanceof Json.Obj object) {
            object(object, depth);
        } else if (value instanceof Json.Arr array) {
            array(array, depth);
        } else {
            out.append(Scalars.text(value));
        }
    }

    private void object(Json.Obj object, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            out.append(separator);
            line(depth + 1);
            string(member.getKey());
            out.append(indented ? ": " : ":");
            value(member.getValue(), depth + 1);
            separator = ",";
        }
        if (!object.members().isEmpty()) {
            line(depth);
        }
        out.append('}');
    }

    private void array(Json.Arr array, int depth) {
        out.append('[');
        String separator = "";
        for (Json item : array.items()) {
            out.append(separator);
            line(depth + 1);
            value(item, depth + 1);
            separator = ",";
        }
        if (!array.items().isEmpty()) {
            line(depth);
        }
        out.append(']');
    }

    private void line(int depth) {
        if (indented) {
            out.append('\n');
            for (int i = 0; i < depth; i++) {
                out.append("  ");
            }
        }
    }

    private void string(String text) {
        quote(text, out);
    }

    /// A JSON string, which is also a YAML one. Control characters are escaped, so that no value can drive
    /// a terminal.
    static void quote(CharSequence text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufeff') {
                out.append("\\u")
                        .append(HEX.charAt(c >> 12))
                        .append(HEX.charAt(c >> 8 & 15))
                        .append(HEX.charAt(c >> 4 & 15))
                        .append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
