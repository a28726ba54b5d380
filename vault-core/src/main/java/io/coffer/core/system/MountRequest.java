// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Coercion;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.LoginSettings;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The settings of a mount as a request gives them, on top of those that are there.
final class MountRequest {
    static final String PLUGIN_VERSION = "plugin_version";

    /// The settings, as fields of a tuning request and as members of `config` of a mounting request.
    static final Field[] SETTINGS = {
        Field.duration(
                "default_lease_ttl", "How long leases and tokens last by default; \"system\" for the vault's own."),
        Field.duration("max_lease_ttl", "How long leases and tokens last at most; \"system\" for the vault's own."),
        Field.flag("force_no_cache", "Read back only."),
        Field.text("listing_visibility", "\"unauth\" shows the mount to anyone, \"hidden\" or nothing does not."),
        Field.texts("audit_non_hmac_request_keys", "Request fields that audit entries show in clear."),
        Field.texts("audit_non_hmac_response_keys", "Response fields that audit entries show in clear."),
        Field.texts("passthrough_request_headers", "Request headers that the engine sees."),
        Field.texts("allowed_response_headers", "Response headers that the engine may set."),
        Field.text(LoginRequest.TOKEN_TYPE, "What tokens a login method makes; only of one."),
        Field.object(LoginRequest.LOCKOUT, "When a login method locks users out; only of one that does."),
        Field.text(PLUGIN_VERSION, "Only the version that is built in."),
    };

    static final String OTHER_VERSION =
            "plugin_version names a version that is not there; every engine is built in, so leave it out";

    private static final Route CONFIG = Route.acts(
                    "config", Operation.UPDATE, "The members of config.", (call, vault) -> Response.NO_CONTENT)
            .with(SETTINGS)
            .withOpenFields();
    private static final List<String> TTLS = List.of("default_lease_ttl", "max_lease_ttl");

    private MountRequest() {}

    /// Settings, or what is wrong with them.
    sealed interface Outcome {
        record Good(MountSettings settings) implements Outcome {}

        record Bad(String error) implements Outcome {}
    }

    /// Reads the object `config`, whose values are as weakly typed as fields.
    ///
    /// @param kind of the mount
    static Outcome fromConfig(MountSettings current, Json.Obj config, String kind, MountDefaults standard) {
        Coercion.Result coerced = Coercion.coerce(CONFIG, withoutSystem(config), Map.of(), Map.of(), Map.of());
        return switch (coerced) {
            case Coercion.Refused(String error) -> new Outcome.Bad(error);
            case Coercion.Coerced(Values values, List<String> unknown, List<String> replaced) ->
                switch (LoginRequest.from(current.login(), values, kind, standard.lockoutOf(kind))) {
                    case LoginRequest.Outcome.Bad(String error) -> new Outcome.Bad(error);
                    case LoginRequest.Outcome.Good(LoginSettings login) -> from(current.with(login), values, standard);
                };
        };
    }

    /// Applies what the values say and leaves the rest.
    private static Outcome from(MountSettings current, Values values, MountDefaults standard) {
        Duration defaultTtl = values.duration("default_lease_ttl").orElse(current.defaultTtl());
        Duration maxTtl = values.duration("max_lease_ttl").orElse(current.maxTtl());
        String visibility = values.text("listing_visibility").orElse(current.listingVisibility());
        String error = ttlError(defaultTtl, maxTtl, standard);
        if (!isBuiltIn(values)) {
            error = OTHER_VERSION;
        }
        if (!List.of("", "hidden", "unauth").contains(visibility)) {
            error = "listing_visibility must be \"\", \"hidden\" or \"unauth\"";
        }
        if (!error.isEmpty()) {
            return new Outcome.Bad(error);
        }
        Map<String, List<String>> lists = new TreeMap<>(current.lists());
        MountSettings.LISTS.forEach(name -> values.strings(name).ifPresent(list -> lists.put(name, list)));
        return new Outcome.Good(new MountSettings(
                current.description(),
                defaultTtl,
                maxTtl,
                values.flag("force_no_cache").orElse(current.forceNoCache()),
                visibility,
                lists,
                current.login()));
    }

    /// Whether no other version of an engine is asked for than there is.
    static boolean isBuiltIn(Values values) {
        return List.of("", Mount.RUNNING_VERSION)
                .contains(values.text(PLUGIN_VERSION).orElse(""));
    }

    /// The word "system" for a TTL means that the mount sets none.
    private static Json.Obj withoutSystem(Json.Obj settings) {
        Map<String, Json> members = new LinkedHashMap<>(settings.members());
        TTLS.forEach(name -> members.computeIfPresent(
                name,
                (key, value) -> value instanceof Json.Str text && text.value().equals("system") ? Json.of(0) : value));
        return new Json.Obj(members);
    }

    private static String ttlError(Duration defaultTtl, Duration maxTtl, MountDefaults standard) {
        if (!maxTtl.isZero() && defaultTtl.compareTo(maxTtl) > 0) {
            return "given default lease TTL greater than given max lease TTL";
        }
        return maxTtl.isZero() && defaultTtl.compareTo(standard.maxTtl()) > 0
                ? "given default lease TTL greater than system max lease TTL of "
                        + standard.maxTtl().toSeconds()
                : "";
    }
}
