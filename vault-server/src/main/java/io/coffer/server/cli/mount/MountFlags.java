// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.KeyValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a mount that enabling and tuning share.
final class MountFlags {
    static final Flag DESCRIPTION = Flag.text("description", "TEXT", "A description for people.");
    static final Flag VERSION = Flag.number("version", "1|2", "Version of the key-value store.");
    static final Flag OPTIONS = Flag.list("options", "KEY=VALUE", "An option of the engine.");
    static final Flag PLUGIN_VERSION = Flag.text("plugin-version", "VERSION", "Version of the engine.");
    private static final Flag DEFAULT_TTL = Flag.text(
            "default-lease-ttl", "DURATION", "How long a lease lives if not asked otherwise; system: as usual.");
    private static final Flag MAX_TTL =
            Flag.text("max-lease-ttl", "DURATION", "How long a lease lives at most; system: as usual.");
    private static final Flag LISTING = Flag.text("listing-visibility", "unauth|hidden", "Who sees the mount.");
    private static final Flag AUDIT_REQUEST =
            Flag.list("audit-non-hmac-request-keys", "KEY", "A key of requests that the audit shows in clear.");
    private static final Flag AUDIT_RESPONSE =
            Flag.list("audit-non-hmac-response-keys", "KEY", "A key of answers that the audit shows in clear.");
    private static final Flag REQUEST_HEADERS =
            Flag.list("passthrough-request-headers", "NAME", "A header of requests that the engine sees.");
    private static final Flag RESPONSE_HEADERS =
            Flag.list("allowed-response-headers", "NAME", "A header that the engine may answer with.");

    static final List<Flag> ENGINE = List.of(
            DESCRIPTION,
            VERSION,
            OPTIONS,
            PLUGIN_VERSION,
            DEFAULT_TTL,
            MAX_TTL,
            LISTING,
            AUDIT_REQUEST,
            AUDIT_RESPONSE,
            REQUEST_HEADERS,
            RESPONSE_HEADERS);

    private static final Flag TOKEN_TYPE = Flag.text(
            "token-type", "TYPE", "Of the tokens that it gives: default-service, default-batch, service, batch.");

    /// Those of a login method.
    static final List<Flag> LOGIN = List.of(
            DESCRIPTION,
            OPTIONS,
            PLUGIN_VERSION,
            DEFAULT_TTL,
            MAX_TTL,
            LISTING,
            TOKEN_TYPE,
            AUDIT_REQUEST,
            AUDIT_RESPONSE,
            REQUEST_HEADERS,
            RESPONSE_HEADERS);

    private MountFlags() {}

    /// The members of the mount's `config` that were given.
    static Map<String, Json> config(Arguments arguments) {
        Map<String, Json> config = new LinkedHashMap<>();
        for (Flag flag : List.of(DEFAULT_TTL, MAX_TTL, LISTING, TOKEN_TYPE, PLUGIN_VERSION)) {
            arguments.text(flag).ifPresent(text -> config.put(member(flag), new Json.Str(text)));
        }
        for (Flag flag : List.of(AUDIT_REQUEST, AUDIT_RESPONSE, REQUEST_HEADERS, RESPONSE_HEADERS)) {
            if (arguments.given(flag)) {
                List<Json> values = new ArrayList<>();
                for (String value : arguments.list(flag)) {
                    values.add(new Json.Str(value));
                }
                config.put(member(flag), new Json.Arr(values));
            }
        }
        return config;
    }

    /// `-options` and `-version` together.
    static Map<String, Json> options(Arguments arguments) {
        Map<String, Json> options = new LinkedHashMap<>(KeyValues.of(OPTIONS, arguments));
        arguments.text(VERSION).ifPresent(version -> options.put("version", new Json.Str(version)));
        return options;
    }

    private static String member(Flag flag) {
        return flag.name().replace('-', '_');
    }
}
