// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import io.coffer.core.secret.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The fields of a request after coercion: each value has the JSON type that its field declares, an absent
/// or null one is not there. Fields that are secrets stand apart and off the heap.
///
/// @param fields strings, whole numbers, flags, lists of strings, objects; durations as whole numbers of
/// seconds
/// @param secrets owned by whoever parsed the request, who closes them after the handler
public record Values(Map<String, Json> fields, Map<String, Secret> secrets) {
    public static final Values NONE = new Values(Map.of(), Map.of());

    public Values {
        fields = Map.copyOf(fields);
        secrets = Map.copyOf(secrets);
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public Optional<Json> any(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public Optional<String> text(String name) {
        return any(name).map(value -> ((Json.Str) value).value());
    }

    /// The text of a field that is always there: one that the path captures.
    public String captured(String name) {
        return text(name).orElseThrow(() -> new IllegalStateException("the route captures no " + name));
    }

    public OptionalLong number(String name) {
        return fields.get(name) instanceof Json.Num number
                ? OptionalLong.of(Long.parseLong(number.text()))
                : OptionalLong.empty();
    }

    public Optional<Duration> duration(String name) {
        OptionalLong seconds = number(name);
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }

    public Optional<Boolean> flag(String name) {
        return any(name).map(value -> ((Json.Bool) value).value());
    }

    public Optional<List<String>> strings(String name) {
        return any(name).map(value -> ((Json.Arr) value)
                .items().stream().map(item -> ((Json.Str) item).value()).toList());
    }

    public Optional<List<Long>> numbers(String name) {
        return any(name).map(value -> ((Json.Arr) value)
                .items().stream()
                        .map(item -> Long.parseLong(((Json.Num) item).text()))
                        .toList());
    }

    /// Text by name, in the order in which the request had it.
    public Optional<Map<String, String>> textMap(String name) {
        return object(name).map(object -> {
            Map<String, String> texts = new LinkedHashMap<>();
            object.members().forEach((key, value) -> texts.put(key, ((Json.Str) value).value()));
            return texts;
        });
    }

    public Optional<Json.Obj> object(String name) {
        return any(name).map(Json.Obj.class::cast);
    }

    /// The secret, still owned by whoever parsed the request.
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public String toString() {
        return "Values" + fields.keySet();
    }
}
