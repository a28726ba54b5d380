// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import io.coffer.core.request.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Values as single words: the forms that scripts of the field read.
public final class Scalars {
    private Scalars() {}

    /// A number, a truth value, a text or null as JSON writes it, the text without its quotes.
    public static String text(Json value) {
        if (value instanceof Json.Str text) {
            return text.value();
        }
        if (value instanceof Json.Num number) {
            return number.text();
        }
        if (value instanceof Json.Bool flag) {
            return flag.value() ? "true" : "false";
        }
        if (value instanceof Json.Null) {
            return "null";
        }
        throw new IllegalArgumentException("not a single value");
    }

    /// As in the cell of a table: null is `<nil>`, a list `[a b]`, an object `map[a:1 b:2]` in the order of
    /// its names.
    public static String cell(Json value) {
        if (value instanceof Json.Null) {
            return "<nil>";
        }
        if (value instanceof Json.Arr array) {
            StringBuilder list = new StringBuilder("[");
            for (Json item : array.items()) {
                list.append(list.length() > 1 ? " " : "").append(cell(item));
            }
            return list.append(']').toString();
        }
        if (value instanceof Json.Obj object) {
            StringBuilder map = new StringBuilder("map[");
            for (String name : names(object)) {
                map.append(map.length() > 4 ? " " : "").append(name).append(':').append(cell(object.get(name)));
            }
            return map.append(']').toString();
        }
        return text(value);
    }

    /// As in the rows of a token: `["a" "b"]`.
    public static String quoted(Json value) {
        StringBuilder list = new StringBuilder("[");
        if (value instanceof Json.Arr array) {
            for (Json item : array.items()) {
                list.append(list.length() > 1 ? " " : "");
                JsonPrinter.quote(cell(item), list);
            }
        }
        return list.append(']').toString();
    }

    /// The names of an object, sorted.
    public static List<String> names(Json.Obj object) {
        List<String> names = new ArrayList<>(object.members().keySet());
        Collections.sort(names);
        return names;
    }

    /// The number, or nothing but 0 if it is none that fits.
    public static long number(Json value) {
        try {
            return value instanceof Json.Num number ? Long.parseLong(number.text()) : 0;
        } catch (NumberFormatException tooLargeOrFraction) {
            return 0;
        }
    }

    public static boolean truth(Json value) {
        return value instanceof Json.Bool flag && flag.value();
    }

    /// The text, or an empty one if it is none.
    public static String string(Json value) {
        return value instanceof Json.Str text ? text.value() : "";
    }

    public static Json.Obj object(Json value) {
        return value instanceof Json.Obj object ? object : Json.EMPTY;
    }

    public static List<Json> items(Json value) {
        return value instanceof Json.Arr array ? array.items() : List.of();
    }

    /// Whether the name tells that the number beside it counts seconds.
    static boolean namesSeconds(String name) {
        return name.equals("period")
                || name.equals("ttl")
                || name.equals("duration")
                || name.equals("lease_max")
                || name.equals("ttl_max")
                || name.endsWith("_period")
                || name.endsWith("_ttl")
                || name.endsWith("_duration");
    }

    /// `0s`, `30s`, `1m30s`, `1h`, `768h`.
    public static String duration(long seconds) {
        if (seconds == 0) {
            return "0s";
        }
        String sign = seconds < 0 ? "-" : "";
        long rest = Math.abs(seconds);
        long hours = rest / 3600;
        long minutes = rest % 3600 / 60;
        StringBuilder text = new StringBuilder(sign);
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (minutes > 0 || hours > 0 && rest % 60 > 0) {
            text.append(minutes).append('m');
        }
        if (rest % 60 > 0) {
            text.append(rest % 60).append('s');
        }
        return text.toString();
    }
}
