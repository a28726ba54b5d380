// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import java.nio.charset.StandardCharsets;

/// Clients of a vault, each known by the text of its token.
public record Clients(TestVault vault) {
    public static final String ROOT = TestVault.ROOT.text();

    public Response call(String token, Operation operation, String path, String body) {
        return vault.handle(vault.request(operation, path, body, Credential.parse(token)));
    }

    public Response write(String token, String path, String body) {
        return call(token, Operation.UPDATE, path, body);
    }

    /// From another address.
    public Response writeFrom(String address, String token, String path, String body) {
        return vault.handle(Requests.from(
                new Origin(address, 1, false, false),
                vault.request(Operation.UPDATE, path, body, Credential.parse(token))));
    }

    /// Asks for the answer to be wrapped.
    public Response wrapped(String ttl, String token, Operation operation, String path, String body) {
        return vault.handle(Requests.wrapped(ttl, vault.request(operation, path, body, Credential.parse(token))));
    }

    /// A token that root makes.
    public String create(String body) {
        return create(ROOT, body);
    }

    public String create(String maker, String body) {
        return text(write(maker, "auth/token/create", body));
    }

    /// The text of the token in an answer.
    public static String text(Response response) {
        if (response instanceof Response.Authenticated in) {
            return in.auth().credential().orElseThrow().text();
        }
        throw new AssertionError("no token in " + show(response));
    }

    public static String accessor(Response response) {
        return ((Response.Authenticated) response).auth().accessor();
    }

    public boolean lives(String token) {
        return call(token, Operation.READ, "auth/token/lookup-self", "") instanceof Response.Ok;
    }

    /// A member of the data of the answer to a lookup, as JSON.
    public String looked(String token, String member) {
        Response response = call(ROOT, Operation.UPDATE, "auth/token/lookup", "{\"token\":\"" + token + "\"}");
        return response instanceof Response.Ok ok
                ? new String(JsonText.write(((Json.Obj) ok.data()).get(member)), StandardCharsets.UTF_8)
                : show(response);
    }

    /// The code and what there is to read, without anything secret or random.
    public static String show(Response response) {
        return switch (response) {
            case Response.Ok ok -> "200 " + json(ok.data()) + warnings(ok.warnings());
            case Response.Authenticated in ->
                "200 " + in.auth().tokenPolicies() + " " + in.auth().leaseSeconds() + "s"
                        + (in.auth().renewable() ? " renewable" : "")
                        + (in.auth().orphan() ? " orphan" : "")
                        + warnings(in.warnings());
            case Response.NoContent none -> "204";
            case Response.Accepted taken -> "202" + warnings(taken.warnings());
            case Response.NotFound(var errors) -> "404 " + String.join("; ", errors);
            case Response.Invalid(var errors) -> "400 " + String.join("; ", errors);
            case Response.Denied(var error) -> "403 " + error;
            case Response.NotAllowed(var error) -> "405 " + error;
            case Response.Busy(var error) -> "429 " + error;
            case Response.Failed(var error) -> "500 " + error;
            default -> response.toString();
        };
    }

    private static String warnings(java.util.List<String> warnings) {
        return warnings.isEmpty() ? "" : " " + warnings;
    }

    private static String json(Json value) {
        return new String(JsonText.write(value), StandardCharsets.UTF_8);
    }
}
