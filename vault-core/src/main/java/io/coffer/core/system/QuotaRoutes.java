// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.mount.Quota;
import io.coffer.core.mount.Quotas;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `sys/quotas`: how many requests of one client are taken, for the vault, a mount or a path below one.
public final class QuotaRoutes {
    private static final int MOST_EXEMPT = 100;
    private static final String ONE = "quotas/rate-limit/:name";

    private final MountTable mounts;

    public QuotaRoutes(MountTable mounts) {
        this.mounts = mounts;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys("quotas/config", Operation.READ, "Return what holds for every quota.", this::settings),
                Route.governs("quotas/config", Operation.UPDATE, "Set what holds for every quota.", this::configure)
                        .with(
                                Field.texts("rate_limit_exempt_paths", "Paths that no quota is for."),
                                Field.flag("enable_rate_limit_audit_logging", "Tell of refused requests in the audit."),
                                Field.flag(
                                        "enable_rate_limit_response_headers",
                                        "Tell clients in headers how much they have left.")),
                Route.surveys("quotas/rate-limit", Operation.LIST, "List the quotas.", this::list),
                Route.surveys(ONE, Operation.READ, "Return a quota.", this::read),
                Route.governs(ONE, Operation.UPDATE, "Write a quota.", this::write)
                        .with(
                                Field.any("rate", "How many requests of one client in each interval."),
                                Field.duration("interval", "The interval; a second if not given."),
                                Field.duration("block_interval", "How long a client is refused that was refused."),
                                Field.text("path", "The mount, a path below it, or with * the beginning of some."),
                                Field.text(
                                        "role",
                                        "Only logins with this role; the path is then a login method that has roles."),
                                Field.flag("inheritable", "Read back only: there are no namespaces.")),
                Route.governs(ONE, Operation.DELETE, "Delete a quota.", this::delete));
    }

    private Response settings(Call call, BarrierReader reader) {
        Quotas.Settings settings = Quotas.read(reader).settings();
        return new Response.Ok(Json.object()
                .put("enable_rate_limit_audit_logging", settings.audited())
                .put("enable_rate_limit_response_headers", settings.headers())
                .put("rate_limit_exempt_paths", Json.of(settings.exempt()))
                .build());
    }

    private Response configure(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        List<String> exempt = values.strings("rate_limit_exempt_paths").orElse(List.of()).stream()
                .map(path -> path.startsWith("/") ? path.substring(1) : path)
                .distinct()
                .toList();
        if (exempt.size() > MOST_EXEMPT
                || exempt.stream()
                        .anyMatch(path ->
                                path.isEmpty() || !RequestPath.refusal(path).isEmpty())) {
            return new Response.Invalid(
                    "rate_limit_exempt_paths holds at most " + MOST_EXEMPT + " paths, such as sys/health");
        }
        Quotas.put(
                writer,
                new Quotas.Settings(
                        exempt,
                        values.flag("enable_rate_limit_audit_logging").orElse(false),
                        values.flag("enable_rate_limit_response_headers").orElse(false)));
        return Response.NO_CONTENT;
    }

    private Response list(Call call, BarrierReader reader) {
        List<String> names =
                Quotas.read(reader).all().stream().map(Quota::name).sorted().toList();
        return names.isEmpty()
                ? Response.ABSENT
                : new Response.Ok(Json.object().put("keys", Json.of(names)).build());
    }

    private Response read(Call call, BarrierReader reader) {
        return Response.found(Quotas.read(reader).named(name(call)).map(quota -> Json.object()
                .put("block_interval", quota.block().toSeconds())
                .put("inheritable", quota.inheritable())
                .put("interval", quota.interval().toSeconds())
                .put("name", quota.name())
                .put("path", path(reader, quota))
                .put("rate", new Json.Num(quota.rate()))
                .put("role", quota.role())
                .put("type", "rate-limit")
                .build()));
    }

    private Response write(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        Optional<String> rate = rate(values);
        if (rate.isEmpty()) {
            return new Response.Invalid("'rate' is invalid");
        }
        String path = values.text("path").orElse("");
        Optional<Place> place = path.isEmpty() ? Optional.of(new Place("", "")) : place(mounts.read(writer), path);
        if (place.isEmpty()) {
            return new Response.Invalid("invalid mount path \"" + path + "\"");
        }
        String role = values.text("role").orElse("");
        if (!role.isEmpty() && !hasRoles(mounts.read(writer), place.get())) {
            return new Response.Invalid("'role' goes with the 'path' of a login method that has roles, such as"
                    + " auth/approle, and of nothing below it");
        }
        Duration interval =
                values.duration("interval").filter(Duration::isPositive).orElse(Duration.ofSeconds(1));
        Quota quota = new Quota(
                name(call),
                place.get().mount(),
                place.get().rest(),
                role,
                rate.get(),
                interval,
                values.duration("block_interval").orElse(Duration.ZERO),
                values.flag("inheritable").orElse(path.isEmpty()));
        return store(writer, quota);
    }

    private static Response store(BarrierWriter writer, Quota quota) {
        Quotas quotas = Quotas.read(writer);
        Optional<Quota> twin = quotas.all().stream()
                .filter(other -> other.isLike(quota) && !other.name().equals(quota.name()))
                .findFirst();
        if (twin.isPresent()) {
            return new Response.Invalid("quota rule with similar properties exists under the name \""
                    + twin.get().name() + "\"");
        }
        if (quotas.named(quota.name()).isEmpty() && quotas.all().size() >= Quotas.MOST) {
            return new Response.Invalid("there are " + Quotas.MOST + " quotas already; delete one first");
        }
        Quotas.put(writer, quota);
        return Response.NO_CONTENT;
    }

    private Response delete(Call call, BarrierWriter writer) {
        Quotas.remove(writer, name(call));
        return Response.NO_CONTENT;
    }

    /// @param mount a uuid
    private record Place(String mount, String rest) {}

    private static Optional<Place> place(Mounts all, String given) {
        String path = given.startsWith("/") ? given.substring(1) : given;
        String plain = path.endsWith("*") ? path.substring(0, path.length() - 1) : path;
        if (!RequestPath.refusal(plain).isEmpty() || plain.isEmpty()) {
            return Optional.empty();
        }
        return all.route(plain)
                .map(Mounts.Served::mount)
                .map(mount -> new Place(
                        mount.uuid(),
                        path.substring(Math.min(path.length(), mount.path().length()))));
    }

    private static boolean hasRoles(Mounts all, Place place) {
        return place.rest().isEmpty()
                && all.withUuid(place.mount())
                        .filter(served -> served.engine() instanceof LoginEngine logins
                                && logins.roles().isPresent())
                        .isPresent();
    }

    private String path(BarrierReader reader, Quota quota) {
        return mounts.read(reader)
                .withUuid(quota.mount())
                .map(Mounts.Served::mount)
                .map(Mount::path)
                .map(path -> path + quota.rest())
                .orElse("");
    }

    private static Optional<String> rate(Values values) {
        return switch (values.any("rate").orElse(Json.NULL)) {
            case Json.Num number -> Quota.rateOf(number.text());
            case Json.Str text -> Quota.rateOf(text.value());
            default -> Optional.empty();
        };
    }

    private static String name(Call call) {
        return call.request().values().captured("name");
    }
}
