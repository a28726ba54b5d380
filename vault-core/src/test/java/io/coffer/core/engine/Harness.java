// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.policy.Acl;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Request;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Drives an engine as the pipeline does: finds the route, coerces the fields, runs the handler over a map.
/// Writes run twice, once for nothing, since a handler may not notice. Answers are shown as text, as `200
/// {"data":…}`.
public final class Harness {
    public static final Instant START = Instant.parse("2026-03-04T05:06:07.800Z");

    private final Engine.Kind kind;
    private final MemoryWriter store = new MemoryWriter();
    private final Storage<Plaintext> storage;
    private MountConfig mount;
    private Instant now = START;
    private Caller caller =
            new Caller("caller-1", "accessor", "root", List.of("root"), "", false, Optional.empty(), Acl.ROOT);

    public Harness(Engine.Kind kind, Map<String, String> options) {
        this.kind = kind;
        this.storage = new MemoryStorage(store);
        this.mount = mount(options);
    }

    /// Over a storage that has a keyring for the scope of {@link #mount}.
    public Harness(Engine.Kind kind, Map<String, String> options, Storage<Plaintext> storage) {
        this.kind = kind;
        this.storage = storage;
        this.mount = mount(options);
    }

    public Harness options(Map<String, String> options) {
        mount = mount(options);
        return this;
    }

    public Harness caller(String id) {
        caller = new Caller(id, "accessor", "someone", List.of("default"), "", false, Optional.empty(), Acl.NONE);
        return this;
    }

    public Harness pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    public Instant now() {
        return now;
    }

    public MemoryWriter store() {
        return store;
    }

    public MountConfig mount() {
        return mount;
    }

    public String get(String path, String... query) {
        return call(Operation.READ, path, "", query);
    }

    public String put(String path, String body) {
        return call(Operation.UPDATE, path, body);
    }

    public String patch(String path, String body) {
        return call(Operation.PATCH, path, body);
    }

    public String delete(String path) {
        return call(Operation.DELETE, path, "");
    }

    public String list(String path, String... query) {
        return call(Operation.LIST, path.isEmpty() || path.endsWith("/") ? path : path + "/", "", query);
    }

    public String scan(String path, String... query) {
        return call(Operation.SCAN, path.isEmpty() || path.endsWith("/") ? path : path + "/", "", query);
    }

    /// Whether the route says that what a write would change is there.
    public boolean exists(String path) {
        Route route = route(Operation.UPDATE, path).orElseThrow();
        Map<String, String> captures = route.pattern().match(path).orElseThrow();
        Call call = call(Operation.UPDATE, path, Json.EMPTY, coerced(route, Json.EMPTY, Map.of(), captures));
        return route.existence().orElseThrow().exists(call, store);
    }

    private String call(Operation operation, String path, String body, String... query) {
        Optional<Route> route = route(operation, path);
        if (route.isEmpty()) {
            boolean known = kind.at(mount).routes().stream()
                    .anyMatch(other -> other.pattern().match(path).isPresent());
            return known ? "405 unsupported operation" : "404 unsupported path";
        }
        Json.Obj parsed =
                body.isEmpty() ? Json.EMPTY : JsonText.DEFAULT.parseObject(body.getBytes(StandardCharsets.UTF_8));
        Map<String, String> captures = route.get().pattern().match(path).orElseThrow();
        return switch (Coercion.coerce(route.get(), parsed, parameters(query), captures, Map.of())) {
            case Coercion.Refused(var error) -> "400 " + error;
            case Coercion.Coerced coerced -> run(route.get(), call(operation, path, parsed, coerced));
        };
    }

    private String run(Route route, Call call) {
        return switch (route.handler()) {
            case Handler.Reads(var work) -> storage.read(reader -> show(work.handle(call, reader)));
            case Handler.Writes(var work) ->
                storage.write(writer -> show(work.handle(call, writer)))
                        .toCompletableFuture()
                        .join();
            case Handler.Prepared other -> throw new IllegalStateException();
            case Handler.Surveys other -> throw new IllegalStateException();
            case Handler.Governs other -> throw new IllegalStateException();
            case Handler.Acts other -> throw new IllegalStateException();
            case Handler.Steps other -> throw new IllegalStateException();
        };
    }

    private Optional<Route> route(Operation operation, String path) {
        return kind.at(mount).routes().stream()
                .filter(route -> route.operation() == operation)
                .filter(route -> route.pattern().match(path).isPresent())
                .findFirst();
    }

    private Call call(Operation operation, String path, Json.Obj body, Coercion.Coerced coerced) {
        Incoming incoming = new Incoming(
                "00000000-0000-0000-0000-000000000000",
                operation,
                new RequestPath(mount.path() + path),
                Map.of(),
                new byte[0],
                Incoming.Form.JSON,
                Optional.<Credential>empty(),
                Optional.empty(),
                Origin.INTERNAL,
                Duration.ofSeconds(90));
        return new Call(new Request(incoming, coerced.values(), body), caller, mount, now, new SecureRandom());
    }

    private static Coercion.Coerced coerced(
            Route route, Json.Obj body, Map<String, List<String>> query, Map<String, String> captures) {
        return (Coercion.Coerced) Coercion.coerce(route, body, query, captures, Map.of());
    }

    private static Map<String, List<String>> parameters(String... query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String parameter : query) {
            String[] parts = parameter.split("=", 2);
            parameters.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
        }
        return parameters;
    }

    private static MountConfig mount(Map<String, String> options) {
        return new MountConfig(
                "11111111-2222-3333-4444-555555555555",
                "m/",
                "kv",
                "kv_12345678",
                options,
                Duration.ofHours(768),
                Duration.ofHours(768),
                LoginSettings.STANDARD);
    }

    public static String show(Response response) {
        return switch (response) {
            case Response.Ok(var data, var lease, var warnings) ->
                "200 " + json(data) + (lease == 0 ? "" : " lease " + lease) + shown(warnings);
            case Response.NoContent none -> "204";
            case Response.NotFound(var errors) -> "404 " + errors;
            case Response.Gone(var data, var warnings) -> "404 " + json(data) + shown(warnings);
            case Response.Invalid(var errors) -> "400 " + String.join("; ", errors);
            case Response.NotAllowed(var error) -> "405 " + error;
            case Response.Failed(var error) -> "500 " + error;
            default -> response.toString();
        };
    }

    private static String json(Json value) {
        return new String(JsonText.write(value), StandardCharsets.UTF_8);
    }

    private static String shown(List<String> warnings) {
        return warnings.isEmpty() ? "" : " " + warnings;
    }
}
