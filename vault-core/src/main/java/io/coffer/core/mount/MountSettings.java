// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.Durations;
import io.coffer.core.engine.LoginSettings;
import io.coffer.core.request.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operator may tune on a mount. Zero durations and an empty visibility mean that nothing is set.
///
/// @param lists the settings that are lists of names, as `audit_non_hmac_request_keys`
/// @param login what only login mounts have
public record MountSettings(
        String description,
        Duration defaultTtl,
        Duration maxTtl,
        boolean forceNoCache,
        String listingVisibility,
        Map<String, List<String>> lists,
        LoginSettings login) {
    /// The settings that are lists of names.
    public static final List<String> LISTS = List.of(
            "audit_non_hmac_request_keys",
            "audit_non_hmac_response_keys",
            "passthrough_request_headers",
            "allowed_response_headers");

    public MountSettings {
        lists = Map.copyOf(lists);
        if (defaultTtl.isNegative() || maxTtl.isNegative() || !LISTS.containsAll(lists.keySet())) {
            throw new IllegalArgumentException("settings of a mount are not negative and have known names");
        }
    }

    public static MountSettings plain(String description) {
        return new MountSettings(
                description, Duration.ZERO, Duration.ZERO, false, "", Map.of(), LoginSettings.STANDARD);
    }

    public MountSettings described(String text) {
        return new MountSettings(text, defaultTtl, maxTtl, forceNoCache, listingVisibility, lists, login);
    }

    public MountSettings with(Map<String, List<String>> others) {
        return new MountSettings(description, defaultTtl, maxTtl, forceNoCache, listingVisibility, others, login);
    }

    public MountSettings with(LoginSettings other) {
        return new MountSettings(description, defaultTtl, maxTtl, forceNoCache, listingVisibility, lists, other);
    }

    /// What a setting that is a list names; nothing if it is not set.
    public Set<String> names(String list) {
        return Set.copyOf(lists.getOrDefault(list, List.of()));
    }

    /// How the settings stand in the `config` of a mount's description.
    Json.Builder config() {
        Json.Builder config = Json.object()
                .put("default_lease_ttl", defaultTtl.toSeconds())
                .put("force_no_cache", forceNoCache)
                .put("max_lease_ttl", maxTtl.toSeconds());
        return optional(config);
    }

    /// Adds what stands in an answer only if it is set.
    public Json.Builder optional(Json.Builder config) {
        if (!listingVisibility.isEmpty()) {
            config.put("listing_visibility", listingVisibility);
        }
        LISTS.stream()
                .filter(lists::containsKey)
                .forEach(name -> config.put(name, Json.of(lists.getOrDefault(name, List.of()))));
        return config;
    }

    @Override
    public String toString() {
        return "MountSettings[" + Durations.format(defaultTtl) + ", " + Durations.format(maxTtl) + "]";
    }
}
