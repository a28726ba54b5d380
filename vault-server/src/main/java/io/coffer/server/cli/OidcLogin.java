// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.RandomIds;
import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.wire.BrowserReturn;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A login at an issuer, in a browser on this machine: the vault says where, the issuer sends the browser back to a
/// port here, and what it brings goes to the vault.
///
/// @param mount without `auth/`
record OidcLogin(String mount) {
    private static final String DOING = "authenticating";
    private static final String PATH = "/oidc/callback";
    private static final int PORT = 8250;
    private static final int NONCE_CHARACTERS = 20;

    /// As long as a vault keeps the state.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    Reply run(Invocation call) throws IOException {
        Map<String, Json> given = new LinkedHashMap<>(
                DataArguments.of(call.arguments().words(), call.terminal().in()).members());
        int port = port(given);
        String nonce = RandomIds.base62(NONCE_CHARACTERS, new SecureRandom());
        try (BrowserReturn back = new BrowserReturn(port)) {
            given.put("redirect_uri", new Json.Str("http://localhost:" + back.port() + PATH));
            given.put("client_nonce", new Json.Str(nonce));
            Reply sent = Api.accepted(
                    call.api()
                            .send(
                                    ApiCall.put(path("auth_url"), new Json.Obj(given))
                                            .aside(),
                                    Optional.empty(),
                                    DOING),
                    DOING);
            String url = Scalars.string(sent.data().get("auth_url"));
            if (url.isEmpty()) {
                throw Failure.remote("Error " + DOING + ": the role does not allow http://localhost:" + back.port()
                        + PATH + "; add it to its 'allowed_redirect_uris'");
            }
            call.terminal()
                    .err()
                    .println("Sign in with a browser on this machine at:\n\n    " + Words.harmless(url) + "\n");
            Map<String, String> brought = back.await(PATH, LONGEST)
                    .orElseThrow(() -> Failure.local("nobody signed in within " + LONGEST.toMinutes() + " minutes"));
            return login(call, brought, nonce);
        }
    }

    private Reply login(Invocation call, Map<String, String> brought, String nonce) {
        ApiCall login = ApiCall.get(path("callback")).with("client_nonce", nonce);
        for (String name : new String[] {"state", "code", "error"}) {
            String value = brought.getOrDefault(name, "");
            login = value.isEmpty() ? login : login.with(name, value);
        }
        return Api.accepted(call.api().send(login, Optional.empty(), DOING), DOING);
    }

    private String path(String last) {
        return "auth/" + mount + "/oidc/" + last;
    }

    /// Where the browser comes back to; taken out of what goes to the vault.
    private static int port(Map<String, Json> given) {
        Json port = given.remove("port");
        if (port == null) {
            return PORT;
        }
        String text = Scalars.string(port);
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw Failure.local("'port' must be a port of this machine, such as port=" + PORT);
        }
        return Integer.parseInt(text);
    }
}
