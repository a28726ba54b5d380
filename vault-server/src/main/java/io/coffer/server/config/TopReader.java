// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.engine.LoginSettings.Lockout;
import io.coffer.core.request.JsonLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads what stands at the top of the files, with what environment and flags say instead.
final class TopReader {
    private static final String LEVELS = "one of trace, debug, info, warn and error";
    private static final String FORMATS = "standard or json";

    private final Section top;
    private final Environment environment;
    private final LogFlags flags;

    TopReader(Section top, Environment environment, LogFlags flags) {
        this.top = top;
        this.environment = environment;
        this.flags = flags;
    }

    LogConfig log() {
        LogConfig.Level level = word("log_level", "LOG_LEVEL", flags.level(), LogConfig.Level::of, LEVELS)
                .orElse(LogConfig.DEFAULT.level());
        LogConfig.Format format = word("log_format", "LOG_FORMAT", flags.format(), LogConfig.Format::of, FORMATS)
                .orElse(LogConfig.DEFAULT.format());
        Optional<String> file = flags.file().or(() -> top.text("log_file"));
        return new LogConfig(level, format, file.map(Path::of));
    }

    private <T> Optional<T> word(
            String key, String variable, Optional<String> flag, Function<String, Optional<T>> words, String expected) {
        if (flag.isPresent()) {
            return flag.map(text -> words.apply(text)
                    .orElseThrow(() -> ConfigException.at("flag -" + key.replace('_', '-'), "expected " + expected)));
        }
        Optional<Environment.Variable> set = environment.find(variable);
        Optional<T> inFile = top.choice(key, words, expected);
        return set.isEmpty()
                ? inFile
                : set.map(text -> words.apply(text.value())
                        .orElseThrow(() -> ConfigException.at(text.place(), "expected " + expected)));
    }

    LeaseConfig leases() {
        Duration defaultTtl = top.duration("default_lease_ttl").orElse(LeaseConfig.DEFAULT.defaultTtl());
        Duration maxTtl = top.duration("max_lease_ttl").orElse(LeaseConfig.DEFAULT.maxTtl());
        return top.make(() -> new LeaseConfig(defaultTtl, maxTtl), "default_lease_ttl", "max_lease_ttl");
    }

    Map<String, Lockout> lockouts() {
        return new LockoutReader(environment).read(top);
    }

    Duration maxRequestDuration() {
        Duration duration = top.duration("default_max_request_duration").orElse(Traffic.DEFAULT_REQUEST_DURATION);
        if (duration.isZero() || duration.isNegative()) {
            throw top.error("default_max_request_duration", "must be longer than zero");
        }
        return duration;
    }

    CeremonyConfig ceremonies() {
        CeremonyConfig fallback = CeremonyConfig.DEFAULT;
        Duration grace = top.duration("seal_grace").orElse(fallback.sealGrace());
        Duration unseal = top.duration("unseal_expiry").orElse(fallback.unsealExpiry());
        Duration ceremony = top.duration("ceremony_expiry").orElse(fallback.ceremonyExpiry());
        return top.make(
                () -> new CeremonyConfig(grace, unseal, ceremony), "seal_grace", "unseal_expiry", "ceremony_expiry");
    }

    KeyConfig keys() {
        Duration wait = top.duration("key_destroy_wait").orElse(KeyConfig.DEFAULT.destroyWait());
        Duration grace = top.duration("deprecated_key_grace").orElse(KeyConfig.DEFAULT.deprecatedGrace());
        return top.make(() -> new KeyConfig(wait, grace), "key_destroy_wait", "deprecated_key_grace");
    }

    NodeConfig node() {
        boolean ui = top.flag("ui").orElse(false);
        if (ui) {
            top.warn("ui", "the page comes with a later version; nothing is served there yet");
        }
        boolean disableMlock = top.flag("disable_mlock").orElse(false);
        Optional<URI> apiAddr = apiAddr();
        Optional<String> clusterName = top.text("cluster_name");
        return top.make(
                () -> new NodeConfig(apiAddr, clusterName, ui, disableMlock, top.path("pid_file")), "cluster_name");
    }

    private Optional<URI> apiAddr() {
        Optional<URI> inFile = top.text("api_addr").map(text -> uri(top.place("api_addr") + ": api_addr", text));
        return environment
                .find("API_ADDR", "REDIRECT_ADDR")
                .map(set -> uri(set.place(), set.value()))
                .or(() -> inFile);
    }

    private static URI uri(String place, String text) {
        try {
            URI address = new URI(text);
            NodeConfig.check(address);
            return address;
        } catch (URISyntaxException | IllegalArgumentException refused) {
            throw ConfigException.at(place, "expected a URL as \"https://vault.example:8200\"");
        }
    }

    RequestLimits limits() {
        List<Section.Stanza> stanzas = top.stanzas(0, "limits");
        if (stanzas.isEmpty()) {
            return RequestLimits.DEFAULT;
        }
        if (stanzas.size() > 1) {
            throw stanzas.get(1).error("limits: stands twice; leave one of them out");
        }
        Section section = stanzas.getFirst().with(KnownKeys.LIMITS);
        RequestLimits fallback = RequestLimits.DEFAULT;
        int depth = number(section, "json_depth", fallback.json().depth());
        int bytes = number(section, "json_string_bytes", fallback.json().stringBytes());
        int strings = number(section, "json_strings", fallback.json().strings());
        int digits = number(section, "json_number_digits", fallback.json().numberDigits());
        int values = number(section, "json_values", Math.max(fallback.json().values(), strings));
        int inFlight = number(section, "in_flight_requests", fallback.inFlight());
        int connections = number(section, "connections", fallback.connections());
        int header = number(section, "header_bytes", fallback.headerBytes());
        return section.make(() -> new RequestLimits(
                new JsonLimits(depth, bytes, strings, digits, values), inFlight, connections, header));
    }

    private static int number(Section section, String key, int fallback) {
        long number = section.whole(key).orElse(fallback);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw section.error(key, "must be from 1 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }
}
