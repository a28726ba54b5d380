// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.RandomIds;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.TtlDefaults;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `sys/mounts` and the listing of `sys/auth`: what stands where, and mounting and unmounting of secrets engines.
public final class MountRoutes {
    private static final Set<String> PROTECTED = Set.of("audit/", "auth/", "sys/", "cubbyhole/", "identity/");
    private static final String LIST_HELP = "List what is mounted.";

    private final MountTable mounts;
    private final LeaseStore leases;
    private final TtlDefaults standard;

    public MountRoutes(MountTable mounts, LeaseStore leases, TtlDefaults standard) {
        this.mounts = mounts;
        this.leases = leases;
        this.standard = standard;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys("mounts", Operation.READ, LIST_HELP, (call, reader) -> list(reader, false))
                        .shape(Shape.INJECTED),
                Route.surveys("auth", Operation.READ, "List the login methods.", (call, reader) -> list(reader, true))
                        .shape(Shape.INJECTED),
                Route.surveys("mounts/:path*", Operation.READ, "Return one mount.", this::read)
                        .shape(Shape.INJECTED),
                Route.governs("mounts/:path*", Operation.UPDATE, "Mount a secrets engine at a path.", this::enable)
                        .with(
                                Field.text("type", "The kind of engine, as kv."),
                                Field.text("description", "For people."),
                                Field.object("config", "Settings, as in tuning."),
                                Field.textMap("options", "Options of the engine, as version."),
                                Field.flag("local", "Read back only."),
                                Field.flag("seal_wrap", "Read back only: every value is encrypted here anyway."),
                                Field.flag("external_entropy_access", "Not used."),
                                Field.text("plugin_name", "Another name of type."),
                                Field.text("plugin_version", "Only the version that is built in.")),
                Route.governs(
                        "mounts/:path*", Operation.DELETE, "Unmount an engine; its data is gone.", this::disable));
    }

    private Response list(BarrierReader reader, boolean auth) {
        Json.Builder all = Json.object();
        for (Mount mount : mounts.read(reader).all()) {
            if (mount.isAuth() == auth) {
                all.put(auth ? mount.path().substring(Mount.AUTH.length()) : mount.path(), mount.describe());
            }
        }
        return new Response.Ok(all.build());
    }

    private Response read(Call call, BarrierReader reader) {
        String path = path(call);
        Optional<Mount> mount = mounts.read(reader).at(path);
        return mount.isPresent()
                ? new Response.Ok(mount.get().describe())
                : new Response.Invalid("No secret engine mount at " + path);
    }

    private Response enable(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        String path = path(call);
        Map<String, String> options = options(values);
        String named = values.text("type")
                .filter(type -> !type.isEmpty())
                .or(() -> values.text("plugin_name"))
                .orElse("");
        String type = kind(named, options);
        String refusal = refusal(path, named, type, options, writer);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        MountSettings plain = MountSettings.plain(values.text("description").orElse(""));
        Json.Obj config = values.object("config").orElse(Json.EMPTY);
        return switch (MountRequest.fromConfig(plain, config, standard)) {
            case MountRequest.Outcome.Bad(String error) -> new Response.Invalid(error);
            case MountRequest.Outcome.Good(MountSettings settings) -> {
                mounts.add(
                        writer,
                        new Mount(
                                RandomIds.uuid(call.random()),
                                path,
                                type,
                                MountTable.accessor(type, call.random()),
                                options,
                                values.flag("local").orElse(false),
                                values.flag("seal_wrap").orElse(false),
                                settings),
                        call.now());
                yield Response.NO_CONTENT;
            }
        };
    }

    private String refusal(String path, String named, String type, Map<String, String> options, BarrierReader reader) {
        if (named.isEmpty()) {
            return "backend type must be specified as a string";
        }
        if (path.equals("/") || PROTECTED.stream().anyMatch(path::startsWith)) {
            return "cannot mount \"" + path + "\"";
        }
        if (type.equals("system") || type.equals("identity") || type.equals("cubbyhole") || type.equals("token")) {
            return "mount type of \"" + type + "\" is not mountable";
        }
        if (!mounts.hasKind(type)) {
            return "plugin not found in the catalog: " + type;
        }
        Optional<String> unfit = mounts.refusal(type, Optional.empty(), options);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        if (mounts.read(reader).all().size() >= MountTable.LIMIT) {
            return "there are " + MountTable.LIMIT + " mounts already; disable one first";
        }
        return mounts.read(reader)
                .inTheWay(path)
                .map(mount -> mount.path().equals(path)
                        ? "path is already in use at " + mount.path()
                        : "existing mount at " + mount.path())
                .orElse("");
    }

    private Response disable(Call call, BarrierWriter writer) {
        String path = path(call);
        Optional<Mount> mount = mounts.read(writer).at(path);
        if (PROTECTED.contains(path) || mount.filter(Mount::isBuiltIn).isPresent()) {
            return new Response.Invalid("cannot unmount \"" + path + "\"");
        }
        if (mount.isPresent() && !leases.endBelow(writer, path, true, call.now())) {
            return new Response.Busy("too much is still being unmounted or revoked; try again in a moment");
        }
        mount.filter(found -> !found.isAuth()).ifPresent(found -> mounts.remove(writer, found));
        return Response.NO_CONTENT;
    }

    /// The path of a mount as it is stored; the router has made sure that it is canonical.
    static String path(Call call) {
        return new RequestPath(call.request().values().captured("path")).value() + "/";
    }

    private static Map<String, String> options(Values values) {
        Map<String, String> options = new TreeMap<>();
        values.object("options")
                .orElse(Json.EMPTY)
                .members()
                .forEach((name, value) -> options.put(name, ((Json.Str) value).value()));
        return options;
    }

    /// Old and short names of kinds; the version that a short name says goes into the options.
    private static String kind(String type, Map<String, String> options) {
        return switch (type) {
            case "kv-v1", "generic" -> {
                options.putIfAbsent("version", "1");
                yield "kv";
            }
            case "kv-v2" -> {
                options.putIfAbsent("version", "2");
                yield "kv";
            }
            default -> type;
        };
    }
}
