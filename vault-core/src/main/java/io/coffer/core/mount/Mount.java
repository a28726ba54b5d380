// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.engine.LoginSettings;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.request.Json;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.util.Map;

/// An engine at a path, with a scope of its own.
///
/// @param uuid names its scope; it stays when the mount moves
/// @param path ends in '/'; a login method's begins with `auth/`
/// @param type as `kv`
/// @param accessor as `kv_1f0e9d3c`
/// @param sealWrap a setting that clients read back; everything is encrypted here anyway
public record Mount(
        String uuid,
        String path,
        String type,
        String accessor,
        Map<String, String> options,
        boolean local,
        boolean sealWrap,
        MountSettings settings) {
    /// The version of every engine: all are built in, and have the level of the API that clients test for.
    public static final String RUNNING_VERSION = "v1.17.0+builtin.coffer";

    /// Where login methods stand.
    public static final String AUTH = "auth/";

    public Mount {
        options = Map.copyOf(options);
        if (!path.endsWith("/") || path.startsWith("/")) {
            throw new IllegalArgumentException("a mount's path ends in '/' and does not begin with it");
        }
    }

    public Scope scope() {
        return new Scope(uuid);
    }

    public boolean isAuth() {
        return path.startsWith(AUTH);
    }

    /// The name of its kind: its type, for a login method with `auth/` before it. The same word may be a
    /// kind of each.
    public String kind() {
        return isAuth() ? AUTH + type : type;
    }

    /// Whether it belongs to every vault and cannot be moved, disabled or replaced.
    public boolean isBuiltIn() {
        return switch (type) {
            case "system", "identity", "cubbyhole", "token" -> true;
            default -> false;
        };
    }

    /// The same at another path.
    Mount at(String other) {
        return new Mount(uuid, other, type, accessor, options, local, sealWrap, settings);
    }

    public Mount with(MountSettings other) {
        return new Mount(uuid, path, type, accessor, options, local, sealWrap, other);
    }

    public Mount with(Map<String, String> other) {
        return new Mount(uuid, path, type, accessor, other, local, sealWrap, settings);
    }

    /// What its engine may know.
    ///
    /// @param standard what holds where nothing is set
    public MountConfig config(MountDefaults standard) {
        return new MountConfig(
                uuid, path, type, accessor, options, defaultTtl(standard), maxTtl(standard), login(standard));
    }

    private LoginSettings login(MountDefaults standard) {
        return settings.login().lockout().equals(LoginSettings.Lockout.STANDARD)
                ? new LoginSettings(settings.login().tokenType(), standard.lockoutOf(kind()))
                : settings.login();
    }

    /// The effective default TTL.
    public Duration defaultTtl(MountDefaults standard) {
        return settings.defaultTtl().isZero() ? standard.defaultTtl() : settings.defaultTtl();
    }

    /// The effective maximal TTL.
    public Duration maxTtl(MountDefaults standard) {
        return settings.maxTtl().isZero() ? standard.maxTtl() : settings.maxTtl();
    }

    /// How clients see it.
    public Json.Obj describe() {
        Json.Builder config = settings.config();
        if (isAuth()) {
            settings.login().describe(config);
        }
        Json.Builder described = Json.object().put("accessor", accessor).put("config", config.build());
        if (!isBuiltIn()) {
            described.put("deprecation_status", "supported");
        }
        return described
                .put("description", settings.description())
                .put("external_entropy_access", false)
                .put("local", local)
                .put("options", options.isEmpty() ? Json.NULL : Json.ofTexts(options))
                .put("plugin_version", "")
                .put("running_plugin_version", RUNNING_VERSION)
                .put("running_sha256", "")
                .put("seal_wrap", sealWrap)
                .put("type", type)
                .put("uuid", uuid)
                .build();
    }
}
