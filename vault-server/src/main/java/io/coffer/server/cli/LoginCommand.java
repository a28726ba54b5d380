// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.SecretTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Logs in, by a token or by another method, and keeps the token for later commands.
final class LoginCommand implements Command {
    private static final Flag METHOD =
            Flag.text("method", "TYPE", "Kind of login, such as userpass; token if not given.");
    private static final Flag PATH =
            Flag.text("path", "PATH", "Where the method is mounted; the method's name if not given.");
    private static final Flag NO_STORE = Flag.on("no-store", "Do not keep the token.");
    private static final Flag NO_PRINT = Flag.on("no-print", "Print nothing about the token.");
    private static final Flag TOKEN_ONLY =
            Flag.on("token-only", "Print the token alone: it is neither proved nor kept.");

    @Override
    public Shape shape() {
        return new Shape(
                "[TOKEN|-|KEY=VALUE...]",
                "Logs in and keeps the token for later commands. A token or password is asked for at a prompt that hides"
                        + " it, or read from standard input with - or password=-. Methods but token take what they need as"
                        + " KEY=VALUE, such as username=alice. With oidc a browser on this machine comes back to port=8250.",
                List.of(GlobalFlags.FIELD, METHOD, PATH, NO_STORE, NO_PRINT, TOKEN_ONLY),
                0,
                Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Arguments arguments = call.arguments();
        String method = Words.path(arguments.text(METHOD).orElse("token"));
        if (method.equals("token") && arguments.words().size() > 1) {
            throw Failure.local("Too many arguments (expected 0 to 1, got "
                    + arguments.words().size() + ")");
        }
        if (!method.equals("token")) {
            return byMethod(method, call);
        }
        Token token = token(call);
        if (arguments.on(TOKEN_ONLY)) {
            tokenOnly(call, new String(token.bytes(), StandardCharsets.UTF_8));
            return 0;
        }
        boolean store = !arguments.on(NO_STORE);
        Json.Obj envelope = envelope(token, call);
        if (store) {
            call.tokens().store(token);
            hint(call);
        }
        if (!arguments.on(NO_PRINT)) {
            show(envelope, store, call.output());
        }
        return 0;
    }

    private static int byMethod(String method, Invocation call) throws IOException {
        String mount = Words.path(call.arguments().text(PATH).orElse(method));
        Reply reply = method.equals("oidc") ? new OidcLogin(mount).run(call) : new MethodLogin(method, mount).run(call);
        Json.Obj envelope = reply.object();
        if (!(envelope.get("auth") instanceof Json.Obj auth)) {
            call.output().secret(reply);
            return 0;
        }
        String text = Scalars.string(auth.get("client_token"));
        if (call.arguments().on(TOKEN_ONLY)) {
            tokenOnly(call, text);
            return 0;
        }
        boolean store = !call.arguments().on(NO_STORE);
        if (store) {
            call.tokens().store(Token.of(text));
            hint(call);
        }
        if (!call.arguments().on(NO_PRINT)) {
            show(envelope, store, call.output());
            call.output().warnings(reply);
        }
        return 0;
    }

    private static void tokenOnly(Invocation call, String text) {
        call.output().field(Optional.of(new Json.Str(text)), "token");
    }

    private static Token token(Invocation call) throws IOException {
        Optional<String> word = call.arguments().optional(0).map(given -> given.replaceFirst("^token=", ""));
        char[] typed = new SecretInput(call).take(word, "token", "Token");
        return Token.typed(typed);
    }

    /// What the vault knows of the token, in the form of a login's answer.
    private static Json.Obj envelope(Token token, Invocation call) {
        String mount = Words.path(call.arguments().text(PATH).orElse("token"));
        String doing = "authenticating";
        Reply reply =
                call.api().send(ApiCall.get("auth/" + mount + "/lookup-self").aside(), Optional.of(token), doing);
        Json.Obj data = Api.accepted(reply, doing).data();
        Json.Builder auth = Json.object()
                .put("client_token", data.has("id") ? data.get("id") : Json.NULL)
                .put("accessor", data.get("accessor"))
                .put("policies", data.get("policies"))
                .put("token_policies", data.get("policies"))
                .put("identity_policies", data.get("identity_policies"))
                .put("metadata", data.get("meta"))
                .put("orphan", data.get("orphan"))
                .put("entity_id", data.get("entity_id"))
                .put("lease_duration", data.get("ttl"))
                .put("renewable", Scalars.truth(data.get("renewable")));
        Json.Builder envelope = Json.object();
        reply.object().members().forEach((name, value) -> {
            if (!name.equals("data") && !name.equals("auth")) {
                envelope.put(name, value);
            }
        });
        return envelope.put("data", Json.NULL).put("auth", auth.build()).build();
    }

    private static void hint(Invocation call) {
        if (call.tokens().hidden()) {
            call.output()
                    .warn("WARNING! VAULT_TOKEN (or BAO_TOKEN) is set, and commands use that instead of the token that"
                            + " is kept now. Unset it to use the new one.\n");
        }
    }

    private static void show(Json.Obj envelope, boolean stored, Output output) {
        if (output.field().isPresent()) {
            output.field(
                    Fields.of(envelope, output.field().get()), output.field().get());
            return;
        }
        output.success("You are now authenticated. "
                + (stored
                        ? "The token is kept for later commands, so that there is\nno need to log in again.\n"
                        : "The token was not kept: set VAULT_TOKEN to use it.\n"));
        output.value(envelope, output.asTable() ? SecretTable.of(envelope) : "");
    }
}
