// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Routes as a document of OpenAPI 3, from which tools make clients.
public final class OpenApi {
    private final Map<String, Map<String, Json>> paths = new TreeMap<>();
    private final Set<String> ids = new HashSet<>();

    /// Adds the routes of a mount.
    ///
    /// @param place where the mount stands, with a '/' at its end; it may hold a parameter in braces
    /// @param parameters of the place
    public void add(String place, List<String> parameters, List<Route> routes, String tag) {
        for (Route route : routes) {
            boolean lists = route.operation() == Operation.LIST;
            if (route.operation() == Operation.SCAN || route.operation() == Operation.HELP) {
                continue;
            }
            String path = "/" + place + route.pattern().template() + (lists ? "/" : "");
            Map<String, Json> methods = paths.computeIfAbsent(path, made -> new TreeMap<>());
            if (!methods.containsKey(method(route.operation()))) {
                methods.put(method(route.operation()), operation(path, parameters, route, tag));
            }
        }
    }

    public Json document() {
        Json.Builder all = Json.object();
        paths.forEach((path, methods) -> {
            Json.Builder item = Json.object();
            methods.forEach(item::put);
            all.put(path, item.build());
        });
        return Json.object()
                .put("openapi", "3.0.2")
                .put(
                        "info",
                        Json.object()
                                .put("title", "Coffer")
                                .put("description", "The paths below /v1 that the caller may reach.")
                                .put("version", "v1")
                                .build())
                .put("paths", all.build())
                .build();
    }

    private static String method(Operation operation) {
        return switch (operation) {
            case READ, LIST, SCAN, HELP -> "get";
            case UPDATE -> "post";
            case PATCH -> "patch";
            case DELETE -> "delete";
        };
    }

    private Json operation(String path, List<String> parameters, Route route, String tag) {
        List<String> captured = new ArrayList<>(parameters);
        captured.addAll(route.pattern().captures());
        List<Json> given = new ArrayList<>();
        captured.stream().distinct().forEach(name -> given.add(parameter(name, "path", true, string())));
        boolean body = route.operation() == Operation.UPDATE || route.operation() == Operation.PATCH;
        if (route.operation() == Operation.LIST) {
            given.add(parameter("list", "query", true, oneOf("true")));
        }
        Json.Builder properties = Json.object();
        for (Field field : route.fields()) {
            if (!captured.contains(field.name()) && !body) {
                if (field.type() == Field.Type.SECRET) {
                    continue;
                }
                given.add(parameter(field.name(), "query", false, schema(field)));
            } else if (!captured.contains(field.name())) {
                properties.put(field.name(), schema(field));
            }
        }
        Json.Builder operation = Json.object()
                .put("summary", route.help())
                .put("operationId", id(path, route.operation()))
                .put("tags", Json.of(List.of(tag)))
                .put("parameters", new Json.Arr(given));
        if (body && (route.openFields() || !route.fields().isEmpty())) {
            operation.put("requestBody", content(route, properties.build()));
        }
        return operation.put("responses", responses()).build();
    }

    private static Json responses() {
        return Json.object()
                .put("200", Json.object().put("description", "OK").build())
                .put(
                        "204",
                        Json.object()
                                .put("description", "done, with nothing to say")
                                .build())
                .put(
                        "default",
                        Json.object()
                                .put("description", "refused; errors say why")
                                .build())
                .build();
    }

    private static Json content(Route route, Json.Obj properties) {
        Json.Builder schema = Json.object().put("type", "object").put("properties", properties);
        if (route.openFields()) {
            schema.put("additionalProperties", true);
        }
        String type = route.operation() == Operation.PATCH ? "application/merge-patch+json" : "application/json";
        return Json.object()
                .put(
                        "content",
                        Json.object()
                                .put(
                                        type,
                                        Json.object()
                                                .put("schema", schema.build())
                                                .build())
                                .build())
                .build();
    }

    private static Json parameter(String name, String in, boolean required, Json schema) {
        return Json.object()
                .put("name", name)
                .put("in", in)
                .put("required", required)
                .put("schema", schema)
                .build();
    }

    private static Json schema(Field field) {
        Json.Builder schema = Json.object();
        switch (field.type()) {
            case TEXT, SECRET -> schema.put("type", "string");
            case TIME -> schema.put("type", "string").put("format", "date-time");
            case NUMBER, LIMIT -> schema.put("type", "integer");
            case DURATION, SIGNED_DURATION -> schema.put("type", "string").put("format", "duration");
            case FLAG -> schema.put("type", "boolean");
            case TEXTS -> schema.put("type", "array").put("items", string());
            case NUMBERS ->
                schema.put("type", "array")
                        .put("items", Json.object().put("type", "integer").build());
            case OBJECT, TEXT_MAP -> schema.put("type", "object");
            case ANY -> {}
        }
        field.fallback().ifPresent(value -> schema.put("default", value));
        return schema.put("description", field.help()).build();
    }

    private static Json string() {
        return Json.object().put("type", "string").build();
    }

    private static Json oneOf(String value) {
        return Json.object()
                .put("type", "string")
                .put("enum", Json.of(List.of(value)))
                .build();
    }

    /// A name that no other operation has: two paths may have the same words.
    private String id(String path, Operation operation) {
        String words = words(path, operation);
        String id = words;
        for (int i = 2; !ids.add(id); i++) {
            id = words + "-" + i;
        }
        return id;
    }

    private static String words(String path, Operation operation) {
        StringBuilder id = new StringBuilder(operation.name().toLowerCase(Locale.ROOT));
        for (String word : path.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                id.append('-').append(word);
            }
        }
        return id.toString();
    }

    /// The paths of the document so far.
    public Set<String> paths() {
        return Set.copyOf(paths.keySet());
    }
}
