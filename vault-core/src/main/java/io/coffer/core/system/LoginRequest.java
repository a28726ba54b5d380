// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Coercion;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.LoginSettings;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The settings that only login mounts have, as a request gives them on top of those that are there.
final class LoginRequest {
    static final String TOKEN_TYPE = "token_type";
    static final String LOCKOUT = "user_lockout_config";

    private static final Set<String> TYPES = Set.of("service", "batch", "default-service", "default-batch");

    /// Those that count failures: users have names there that anyone may try.
    private static final Set<String> LOCKING = Set.of("auth/userpass", "auth/approle", "auth/ldap");

    private static final List<String> LOCKOUT_NAMES =
            List.of("lockout_threshold", "lockout_duration", "lockout_counter_reset_duration", "lockout_disable");

    private static final Route LOCKOUT_MEMBERS = Route.acts(
                    LOCKOUT, Operation.UPDATE, "The members of a lockout.", (call, vault) -> Response.NO_CONTENT)
            .with(
                    Field.number("lockout_threshold", "How many failures lock somebody out."),
                    Field.duration("lockout_duration", "For how long."),
                    Field.duration("lockout_counter_reset_duration", "After how long failures are forgotten."),
                    Field.flag("lockout_disable", "Whether nobody is ever locked out."));

    private LoginRequest() {}

    /// Settings, or what is wrong with them.
    sealed interface Outcome {
        record Good(LoginSettings settings) implements Outcome {}

        record Bad(String error) implements Outcome {}
    }

    /// @param kind as {@link Mount#kind} has it
    /// @param usual what locks somebody out of a mount of this kind that says nothing
    static Outcome from(LoginSettings current, Values values, String kind, LoginSettings.Lockout usual) {
        Optional<String> type = values.text(TOKEN_TYPE).map(LoginRequest::type);
        Optional<Json.Obj> lockout = values.object(LOCKOUT);
        String refusal = refusal(type, lockout, kind);
        if (!refusal.isEmpty()) {
            return new Outcome.Bad(refusal);
        }
        LoginSettings typed = new LoginSettings(type.orElse(current.tokenType()), current.lockout());
        return lockout.map(members -> withLockout(typed, members, usual)).orElseGet(() -> new Outcome.Good(typed));
    }

    private static String type(String given) {
        return given.isEmpty() || given.equals("default") ? LoginSettings.STANDARD.tokenType() : given;
    }

    private static String refusal(Optional<String> type, Optional<Json.Obj> lockout, String kind) {
        boolean login = kind.startsWith(Mount.AUTH);
        if (type.isPresent() && !login) {
            return "'token_type' can only be modified on auth mounts";
        }
        if (type.isPresent() && kind.equals("auth/token")) {
            return "'token_type' cannot be set for 'token' or 'ns_token' auth mounts";
        }
        if (type.isPresent() && !TYPES.contains(type.get())) {
            return "invalid value for 'token_type'; give one of default-service, default-batch, service and batch";
        }
        return lockout.isPresent() && !LOCKING.contains(kind)
                ? "tuning of user lockout configuration for this type is not allowed; only userpass, approle and ldap"
                        + " lock users out"
                : "";
    }

    private static Outcome withLockout(LoginSettings current, Json.Obj members, LoginSettings.Lockout usual) {
        Json.Builder known = Json.object();
        for (String name : LOCKOUT_NAMES) {
            Json value = members.has(name) ? members.get(name) : members.get("user_" + name);
            known.put(name, value);
        }
        Coercion.Result coerced = Coercion.coerce(LOCKOUT_MEMBERS, known.build(), Map.of(), Map.of(), Map.of());
        return switch (coerced) {
            case Coercion.Refused(String error) -> new Outcome.Bad(error);
            case Coercion.Coerced(Values values, List<String> unknown, List<String> replaced) -> {
                OptionalLong threshold = values.number("lockout_threshold");
                yield threshold.isPresent() && threshold.getAsLong() < 0
                        ? new Outcome.Bad("lockout_threshold cannot be negative")
                        : new Outcome.Good(
                                new LoginSettings(current.tokenType(), lockout(current.lockout(), values, usual)));
            }
        };
    }

    /// Zero stands for what is usual, and so does what nobody has said yet.
    private static LoginSettings.Lockout lockout(
            LoginSettings.Lockout current, Values values, LoginSettings.Lockout usual) {
        LoginSettings.Lockout before = current.equals(LoginSettings.Lockout.STANDARD) ? usual : current;
        long threshold = values.number("lockout_threshold").orElse(before.threshold());
        return new LoginSettings.Lockout(
                threshold == 0 ? usual.threshold() : threshold,
                length(values, "lockout_duration", before.duration(), usual.duration()),
                length(values, "lockout_counter_reset_duration", before.reset(), usual.reset()),
                values.flag("lockout_disable").orElse(before.disabled()));
    }

    private static Duration length(Values values, String name, Duration current, Duration standard) {
        Duration length = values.duration(name).orElse(current);
        return length.isZero() ? standard : length;
    }
}
