// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.server.config.ConfigException;
import io.coffer.server.config.LogFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `coffer server` was started with.
///
/// @param dev whether in development mode, which `-dev-tls` is too
/// @param devTlsDirectory where its certificate is to lie, if that matters
/// @param devToken the root token's text, if it was chosen
record ServerFlags(
        boolean dev,
        List<Path> configs,
        String devAddress,
        boolean devTls,
        Optional<Path> devTlsDirectory,
        Optional<String> devToken,
        boolean storeToken,
        boolean versionOne,
        LogFlags log) {
    private static final String USAGE = "run 'coffer server -dev', or 'coffer server -config=FILE'";
    private static final Set<String> SWITCHES = Set.of("dev", "dev-tls", "dev-no-store-token", "dev-kv-v1");
    private static final Set<String> VALUES = Set.of(
            "config",
            "dev-root-token-id",
            "dev-listen-address",
            "dev-tls-cert-dir",
            "log-level",
            "log-format",
            "log-file");

    ServerFlags {
        if (devTlsDirectory.isPresent() && !devTls) {
            throw new ConfigException("-dev-tls-cert-dir goes with -dev-tls; add that, or leave this out");
        }
    }

    /// @throws ConfigException for an unknown flag or a missing value
    static ServerFlags parse(List<String> arguments, Map<String, String> environment) {
        return parse(arguments, environment, "coffer server", USAGE);
    }

    /// The same for another command over a configuration.
    ///
    /// @param usage what to run instead
    /// @throws ConfigException for an unknown flag or a missing value
    static ServerFlags parse(List<String> arguments, Map<String, String> environment, String command, String usage) {
        Map<String, String> given = new HashMap<>();
        List<Path> configs = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String flag = argument.replaceFirst("^--?", "");
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(flag.substring(equals + 1));
            if (argument.startsWith("-") && SWITCHES.contains(name)) {
                given.put(name, value.orElse("true"));
            } else if (argument.startsWith("-") && VALUES.contains(name)) {
                if (value.isEmpty() && ++i < arguments.size()) {
                    value = Optional.of(arguments.get(i));
                }
                String text = value.orElseThrow(() -> new ConfigException("-" + name + " needs a value; " + usage));
                given.put(name, text);
                if (name.equals("config")) {
                    configs.add(Path.of(text));
                }
            } else {
                throw new ConfigException("unknown argument of '" + command + "': " + name(argument) + "; " + usage);
            }
        }
        return of(given, configs, environment);
    }

    private static ServerFlags of(Map<String, String> given, List<Path> configs, Map<String, String> environment) {
        boolean dev = isOn(given, "dev") || isOn(given, "dev-tls");
        return new ServerFlags(
                dev,
                List.copyOf(configs),
                Optional.ofNullable(given.get("dev-listen-address"))
                        .or(() -> dev ? variable(environment, "DEV_LISTEN_ADDRESS") : Optional.empty())
                        .orElse("127.0.0.1:8200"),
                isOn(given, "dev-tls"),
                Optional.ofNullable(given.get("dev-tls-cert-dir")).map(Path::of),
                Optional.ofNullable(given.get("dev-root-token-id"))
                        .or(() -> variable(environment, "DEV_ROOT_TOKEN_ID"))
                        .filter(text -> !text.isEmpty()),
                !isOn(given, "dev-no-store-token"),
                isOn(given, "dev-kv-v1"),
                new LogFlags(
                        Optional.ofNullable(given.get("log-level")),
                        Optional.ofNullable(given.get("log-format")),
                        Optional.ofNullable(given.get("log-file"))));
    }

    private static boolean isOn(Map<String, String> given, String name) {
        return !List.of("false", "0").contains(given.getOrDefault(name, "false"));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get("BAO_" + name))
                .or(() -> Optional.ofNullable(environment.get("VAULT_" + name)));
    }

    private static String name(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }
}
