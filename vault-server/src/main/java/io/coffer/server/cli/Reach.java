// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.Durations;
import io.coffer.server.cli.wire.Address;
import io.coffer.server.cli.wire.ClientKey;
import io.coffer.server.cli.wire.HttpClient;
import io.coffer.server.cli.wire.Pem;
import io.coffer.server.cli.wire.Tls;
import io.coffer.server.cli.wire.Trust;
import io.coffer.server.cli.wire.WireLimits;
import java.time.Duration;
import java.util.Optional;

/// How the vault is reached: from flags and environment to an [HttpClient].
record Reach(Arguments arguments, Env env) {
    private static final String DEFAULT_ADDRESS = "https://127.0.0.1:8200";

    /// @throws Failure if a flag or a variable cannot be followed; one that would have to be ignored is an
    /// error too
    HttpClient client() {
        for (String unsupported : new String[] {"PROXY_ADDR", "HTTP_PROXY", "SRV_LOOKUP"}) {
            if (env.get(unsupported).isPresent() && !env.get(unsupported).get().equals("false")) {
                throw Failure.local(env.nameOf(unsupported) + " is set, and this client cannot do that; unset it");
            }
        }
        boolean redirects = !(arguments.on(GlobalFlags.DISABLE_REDIRECTS) || env.on("DISABLE_REDIRECTS"));
        return new HttpClient(address(), tls(), limits(), redirects);
    }

    private Optional<String> value(Flag flag, String variable) {
        Optional<String> given = arguments.text(flag);
        return given.isPresent() ? given.filter(text -> !text.isEmpty()) : env.get(variable);
    }

    Optional<String> namespace() {
        return value(GlobalFlags.NAMESPACE, "NAMESPACE").map(Words::path).filter(path -> !path.isEmpty());
    }

    private Address address() {
        Optional<String> agent = value(GlobalFlags.AGENT_ADDRESS, "AGENT_ADDR");
        boolean direct = agent.isEmpty();
        String text = direct ? value(GlobalFlags.ADDRESS, "ADDR").orElse(DEFAULT_ADDRESS) : agent.get();
        try {
            return Address.parse(text.strip());
        } catch (IllegalArgumentException malformed) {
            String flag = direct ? "-address" : "-agent-address";
            String variable = env.nameOf(direct ? "ADDR" : "AGENT_ADDR");
            throw Failure.local(flag + " or " + variable + ": " + malformed.getMessage());
        }
    }

    Tls tls() {
        Trust trust = arguments.on(GlobalFlags.TLS_SKIP_VERIFY)
                        || !arguments.given(GlobalFlags.TLS_SKIP_VERIFY) && env.on("SKIP_VERIFY")
                ? Trust.ANYTHING
                : trust();
        return new Tls(trust, clientKey(), value(GlobalFlags.TLS_SERVER_NAME, "TLS_SERVER_NAME"));
    }

    private Trust trust() {
        if (arguments.given(GlobalFlags.CA_CERT)) {
            return new Trust.Authorities(
                    Pem.file(arguments.text(GlobalFlags.CA_CERT).orElse("")));
        }
        if (arguments.given(GlobalFlags.CA_PATH)) {
            return new Trust.Folder(arguments.text(GlobalFlags.CA_PATH).orElse(""));
        }
        Optional<String> file = env.get("CACERT");
        if (file.isPresent()) {
            return new Trust.Authorities(Pem.file(file.get()));
        }
        Optional<String> text = env.get("CACERT_BYTES");
        if (text.isPresent()) {
            return new Trust.Authorities(Pem.text(env.nameOf("CACERT_BYTES"), text.get()));
        }
        Optional<String> folder = env.get("CAPATH");
        return folder.isPresent() ? new Trust.Folder(folder.get()) : Trust.SYSTEM;
    }

    private Optional<ClientKey> clientKey() {
        Optional<Pem> certificate = pem(GlobalFlags.CLIENT_CERT, "CLIENT_CERT");
        Optional<Pem> key = pem(GlobalFlags.CLIENT_KEY, "CLIENT_KEY");
        if (certificate.isPresent() != key.isPresent()) {
            throw Failure.local("-client-cert and -client-key (VAULT_CLIENT_CERT, VAULT_CLIENT_KEY) go together");
        }
        return certificate.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClientKey(certificate.get(), key.get()));
    }

    private Optional<Pem> pem(Flag flag, String variable) {
        Optional<String> file = value(flag, variable);
        if (file.isPresent()) {
            return Optional.of(Pem.file(file.get()));
        }
        String bytes = variable + "_BYTES";
        return env.get(bytes).map(text -> Pem.text(env.nameOf(bytes), text));
    }

    private WireLimits limits() {
        WireLimits limits = WireLimits.DEFAULT;
        Optional<String> timeout = env.get("CLIENT_TIMEOUT");
        if (timeout.isPresent()) {
            Optional<Duration> parsed = Durations.parse(timeout.get());
            limits = limits.withTimeout(parsed.filter(Duration::isPositive)
                    .orElseThrow(() -> Failure.local(
                            env.nameOf("CLIENT_TIMEOUT") + " is a number of seconds or a duration such as 90s")));
        }
        Optional<String> retries = env.get("MAX_RETRIES");
        if (retries.isPresent()) {
            limits = limits.withRetries(retries(retries.get()));
        }
        return limits;
    }

    private int retries(String text) {
        if (text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Math.min(100, Integer.parseInt(text));
        }
        throw Failure.local(env.nameOf("MAX_RETRIES") + " is a whole number from 0 to 100");
    }
}
