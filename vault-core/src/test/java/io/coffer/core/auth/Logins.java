// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import io.coffer.core.TestVault;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import java.util.Optional;

/// What tests of login methods do.
public final class Logins {
    private Logins() {}

    public static void enable(TestVault vault, String type) {
        Response answer = vault.write("sys/auth/" + type, "{\"type\":\"" + type + "\"}");
        if (answer != Response.NO_CONTENT) {
            throw new AssertionError(answer.toString());
        }
    }

    /// A request without a token.
    public static Response anonymous(TestVault vault, String path, String body) {
        return vault.handle(vault.request(Operation.UPDATE, path, body, Optional.empty()));
    }

    /// The same from somewhere else.
    public static Response from(TestVault vault, String address, String path, String body) {
        return from(vault, new Origin(address, 1, false, false), Optional.empty(), path, body);
    }

    /// The same, with a token if there is one.
    public static Response from(TestVault vault, Origin origin, Optional<Credential> token, String path, String body) {
        return vault.handle(Requests.from(origin, vault.request(Operation.UPDATE, path, body, token)));
    }

    /// How many names stand below a path; 0 if it lists none.
    static int count(TestVault vault, String path) {
        return vault.handle(Operation.LIST, path, "") instanceof Response.Ok ok
                        && ok.data() instanceof Json.Obj data
                        && data.get("keys") instanceof Json.Arr(var keys)
                ? keys.size()
                : 0;
    }

    /// What a login that succeeded says.
    public static Auth in(Response answer) {
        if (answer instanceof Response.Authenticated in) {
            return in.auth();
        }
        throw new AssertionError(answer.toString());
    }

    public static Credential token(Response answer) {
        return in(answer).credential().orElseThrow();
    }

    /// Asks with a token.
    public static Response as(TestVault vault, Credential token, Operation operation, String path, String body) {
        return vault.handle(vault.request(operation, path, body, Optional.of(token)));
    }
}
