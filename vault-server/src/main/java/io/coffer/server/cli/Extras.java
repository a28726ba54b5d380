// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.server.cli.wire.Address;
import io.coffer.server.cli.wire.Headers;
import java.util.Locale;
import java.util.Optional;

/// What flags and environment add to each call, and whether a call is to be shown instead of sent.
record Extras(Arguments arguments, Env env) {
    void addTo(Headers headers, ApiCall call) {
        if (call.manner() != ApiCall.Manner.ANONYMOUS) {
            Optional<String> namespace = new Reach(arguments, env).namespace();
            namespace.ifPresent(path -> add(headers, "X-Vault-Namespace", path + "/"));
        }
        Optional<String> wrap = arguments.text(GlobalFlags.WRAP_TTL).or(() -> env.get("WRAP_TTL"));
        if (call.manner() == ApiCall.Manner.PLAIN
                && wrap.isPresent()
                && !wrap.get().isEmpty()) {
            add(headers, "X-Vault-Wrap-TTL", wrap.get());
        }
        if (arguments.given(GlobalFlags.MFA)) {
            for (String credentials : arguments.list(GlobalFlags.MFA)) {
                add(headers, "X-Vault-MFA", credentials);
            }
        } else {
            env.get("MFA").ifPresent(credentials -> add(headers, "X-Vault-MFA", credentials));
        }
        for (String header : arguments.list(GlobalFlags.HEADER)) {
            int equals = header.indexOf('=');
            if (equals < 1) {
                throw Failure.local("-header is written NAME=VALUE");
            }
            if (header.substring(0, equals).toLowerCase(Locale.ROOT).startsWith("x-vault-")) {
                throw Failure.local("-header: names that start with X-Vault- have flags of their own");
            }
            add(headers, header.substring(0, equals), header.substring(equals + 1));
        }
    }

    private static void add(Headers headers, String name, String value) {
        try {
            headers.add(name, value);
        } catch (IllegalArgumentException malformed) {
            throw Failure.local(String.valueOf(malformed.getMessage()));
        }
    }

    boolean showing() {
        return arguments.on(GlobalFlags.OUTPUT_CURL) || arguments.on(GlobalFlags.OUTPUT_POLICY);
    }

    String shown(Address address, ApiCall call, Headers headers) {
        return arguments.on(GlobalFlags.OUTPUT_POLICY)
                ? CallText.policy(call)
                : CallText.curl(address, new Reach(arguments, env).tls(), call, headers);
    }
}
