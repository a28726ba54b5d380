// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.LoginSettings;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// `sys/mounts/<path>/tune` and `sys/auth/<path>/tune`: the settings of a mount, and the way of a key-value
/// engine from version 1 to 2.
public final class TuneRoutes {
    private static final Set<String> ONLY_AUDIT_LISTS = Set.of("system", "identity", "cubbyhole");
    private static final Set<String> AUDIT_LISTS =
            Set.of("audit_non_hmac_request_keys", "audit_non_hmac_response_keys");

    private final MountTable mounts;
    private final MountDefaults standard;

    public TuneRoutes(MountTable mounts, MountDefaults standard) {
        this.mounts = mounts;
        this.standard = standard;
    }

    /// They stand before those of the mounts, whose paths match theirs too.
    public List<Route> routes() {
        List<Field> fields = new ArrayList<>(List.of(MountRequest.SETTINGS));
        fields.set(0, Field.any("default_lease_ttl", MountRequest.SETTINGS[0].help()));
        fields.set(1, Field.any("max_lease_ttl", MountRequest.SETTINGS[1].help()));
        fields.add(Field.text("description", "For people."));
        fields.add(Field.textMap("options", "Options of the engine, as version."));
        Field[] settings = fields.toArray(Field[]::new);
        return List.of(
                reading("mounts/:path*/tune", MountRoutes::path),
                tuning("mounts/:path*/tune", MountRoutes::path).with(settings),
                reading("auth/:path*/tune", AuthRoutes::path),
                tuning("auth/:path*/tune", AuthRoutes::path).with(settings));
    }

    private Route reading(String pattern, Function<Call, String> path) {
        return Route.surveys(
                        pattern,
                        Operation.READ,
                        "Return the settings of a mount.",
                        (call, reader) -> read(path.apply(call), reader))
                .shape(Shape.INJECTED);
    }

    private Route tuning(String pattern, Function<Call, String> path) {
        return Route.governs(
                pattern,
                Operation.UPDATE,
                "Change settings of a mount.",
                (call, writer) -> tune(path.apply(call), call.request().values(), writer));
    }

    private Response read(String path, BarrierReader reader) {
        Optional<Mount> found = mounts.read(reader).at(path);
        if (found.isEmpty()) {
            return new Response.Invalid("cannot fetch sysview for path \"" + path + "\"");
        }
        Mount mount = found.get();
        Json.Builder tuned = Json.object()
                .put("default_lease_ttl", mount.defaultTtl(standard).toSeconds())
                .put("description", mount.settings().description())
                .put("force_no_cache", mount.settings().forceNoCache())
                .put("max_lease_ttl", mount.maxTtl(standard).toSeconds());
        if (!mount.options().isEmpty()) {
            tuned.put("options", mount.describe().get("options"));
        }
        if (mount.isAuth()) {
            tuned.put(LoginRequest.TOKEN_TYPE, mount.settings().login().tokenType());
            LoginSettings.Lockout lockout = mount.settings().login().lockout();
            if (!lockout.equals(LoginSettings.Lockout.STANDARD)) {
                lockout.describe(tuned);
            }
        }
        return new Response.Ok(mount.settings().optional(tuned).build());
    }

    private Response tune(String path, Values values, BarrierWriter writer) {
        Optional<Mount> found = mounts.read(writer).at(path);
        if (found.isEmpty()) {
            return new Response.Invalid("cannot fetch sysview for path \"" + path + "\"");
        }
        Mount mount = found.get();
        Optional<String> forbidden = values.fields().keySet().stream()
                .filter(name -> !name.equals("path") && !AUDIT_LISTS.contains(name))
                .sorted()
                .findFirst();
        if (ONLY_AUDIT_LISTS.contains(mount.type()) && forbidden.isPresent()) {
            return new Response.Invalid("cannot tune parameter " + forbidden.get() + " of " + path);
        }
        return switch (settings(mount, values)) {
            case MountRequest.Outcome.Bad(String error) -> new Response.Invalid(error);
            case MountRequest.Outcome.Good(MountSettings settings) -> apply(writer, mount, settings, values);
        };
    }

    private MountRequest.Outcome settings(Mount mount, Values values) {
        MountSettings current =
                values.text("description").map(mount.settings()::described).orElse(mount.settings());
        return MountRequest.fromConfig(current, new Json.Obj(values.fields()), mount.kind(), standard);
    }

    private Response apply(BarrierWriter writer, Mount mount, MountSettings settings, Values values) {
        Map<String, String> options = new TreeMap<>(mount.options());
        values.object("options")
                .orElse(Json.EMPTY)
                .members()
                .forEach((name, value) -> options.put(name, ((Json.Str) value).value()));
        Optional<String> unfit = mounts.refusal(mount.kind(), Optional.of(mount.options()), options);
        if (unfit.isPresent()) {
            return new Response.Invalid(unfit.get());
        }
        mounts.replace(writer, mount.with(settings).with(options));
        String now = mount.options().getOrDefault("version", "");
        String wanted = options.getOrDefault("version", "");
        if (wanted.equals(now) || !wanted.equals("2")) {
            return Response.NO_CONTENT;
        }
        return new Response.Ok(
                Json.NULL,
                0,
                List.of("Upgrading mount from version " + (now.isEmpty() ? "0" : now) + " to version " + wanted
                        + ". This mount will be unavailable for a brief period and will resume service shortly."));
    }
}
