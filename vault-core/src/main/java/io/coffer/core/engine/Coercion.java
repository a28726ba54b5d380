// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Turns what a request sent into the fields that its route declares.
///
/// Writes take their parameters from the body, everything else from the query; what the path captures wins
/// over both. A null is as good as nothing. Types are weak, since clients differ: see {@link Weak}.
public final class Coercion {
    /// The most names that a warning lists.
    static final int NAMED = 50;

    private Coercion() {}

    /// What came out.
    public sealed interface Result {}

    /// @param unknown names that the route has no field for, sorted; empty if the body is the engine's own
    /// @param replaced names given although the path captures them, sorted
    public record Coerced(Values values, List<String> unknown, List<String> replaced) implements Result {
        public Coerced {
            unknown = List.copyOf(unknown);
            replaced = List.copyOf(replaced);
        }

        /// What an answer that has something to say tells about names that had no effect.
        public List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            if (!unknown.isEmpty()) {
                warnings.add("Endpoint ignored these unrecognized parameters: " + listed(unknown));
            }
            if (!replaced.isEmpty()) {
                warnings.add("Endpoint replaced the value of these parameters with the values captured from the"
                        + " endpoint's path: " + listed(replaced));
            }
            return warnings;
        }
    }

    /// @param error the text for the client; it names the field, never the value
    public record Refused(String error) implements Result {}

    /// @param secrets what the parser of the body took out of it, by the name of its field
    public static Result coerce(
            Route route,
            Json.Obj body,
            Map<String, List<String>> query,
            Map<String, String> captures,
            Map<String, Secret> secrets) {
        Json.Obj given = fromBody(route.operation()) ? body : parameters(query);
        Map<String, Json> raw = new LinkedHashMap<>();
        TreeSet<String> unknown = new TreeSet<>();
        TreeSet<String> replaced = new TreeSet<>();
        for (Map.Entry<String, Json> member : given.members().entrySet()) {
            Optional<Field> field = route.field(member.getKey());
            if (captures.containsKey(member.getKey())) {
                replaced.add(member.getKey());
            } else if (field.isEmpty()) {
                unknown.add(member.getKey());
            } else if (raw.put(field.get().name(), member.getValue()) != null) {
                return refused(field.get().name(), "it is given twice");
            }
        }
        captures.forEach((name, value) -> raw.put(name, new Json.Str(value)));
        return convert(
                route,
                captures,
                raw,
                secrets,
                new Coerced(Values.NONE, reported(route, unknown), reported(route, replaced)));
    }

    /// A whole number inside of an object, by the same rules as a field.
    public static Optional<Long> wholeNumber(Json raw) {
        return Weak.number(raw);
    }

    /// Text inside of an object, by the same rules as a field.
    public static Optional<String> text(Json raw) {
        return Weak.text(raw);
    }

    private static Result convert(
            Route route,
            Map<String, String> captures,
            Map<String, Json> raw,
            Map<String, Secret> secrets,
            Coerced names) {
        Map<String, Json> fields = new LinkedHashMap<>();
        captures.forEach((name, value) -> fields.put(name, new Json.Str(value)));
        for (Field field : route.fields()) {
            switch (Weak.convert(field.type(), raw.getOrDefault(field.name(), Json.NULL))) {
                case Weak.Fits(var value) -> fields.put(field.name(), value);
                case Weak.Absent none -> field.fallback().ifPresent(value -> fields.put(field.name(), value));
                case Weak.Misfit(var reason) -> {
                    return refused(field.name(), reason);
                }
            }
        }
        return new Coerced(new Values(fields, secrets), names.unknown(), names.replaced());
    }

    private static boolean fromBody(Operation operation) {
        return switch (operation) {
            case UPDATE, PATCH -> true;
            case READ, LIST, SCAN, DELETE, HELP -> false;
        };
    }

    /// A repeated parameter is an array, a single one a string.
    public static Json.Obj parameters(Map<String, List<String>> query) {
        Map<String, Json> members = new LinkedHashMap<>();
        query.forEach((name, values) ->
                members.put(name, values.size() == 1 ? new Json.Str(values.getFirst()) : Json.of(values)));
        return new Json.Obj(members);
    }

    private static List<String> reported(Route route, SortedSet<String> names) {
        return route.openFields() ? List.of() : List.copyOf(names);
    }

    private static Refused refused(String field, String reason) {
        return new Refused("Field validation failed: error converting input for field \"" + field + "\": " + reason);
    }

    private static String listed(List<String> names) {
        return names.size() <= NAMED
                ? "[" + String.join(" ", names) + "]"
                : "[" + String.join(" ", names.subList(0, NAMED)) + "] and " + (names.size() - NAMED) + " more";
    }
}
