// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.ceremony.RootPlan;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// `sys/decode-token`: takes a one-time pad off what a root generation gave. It asks for no token and keeps nothing.
public final class DecodeRoutes {
    private static final String TOKEN = "encoded_token";
    private static final String PAD = "otp";

    private DecodeRoutes() {}

    public static List<Route> routes() {
        return List.of(Route.reads(
                        "decode-token",
                        Operation.UPDATE,
                        "Decode a token that root generation made under a one-time pad.",
                        (call, reader) -> decode(call))
                .with(
                        Field.secret(TOKEN, "What root generation gave, in base64."),
                        Field.secret(PAD, "The one-time pad that was given or drawn when it began."))
                .access(Access.ANYONE));
    }

    private static Response decode(Call call) {
        Optional<Secret> encoded = given(call, TOKEN);
        Optional<Secret> pad = given(call, PAD);
        if (encoded.isEmpty() || pad.isEmpty()) {
            return new Response.Invalid("provided 'encoded_token' or 'otp' is empty");
        }
        byte[] covered;
        try {
            covered = encoded.get().use(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException malformed) {
            return new Response.Invalid("'encoded_token' is not base64");
        }
        if (covered.length != pad.get().length()) {
            return new Response.Invalid("'otp' has another length than the token that was encoded with it");
        }
        try (Secret token = Secret.takeFrom(RootPlan.xor(covered, pad.get()))) {
            return token.use(bytes -> isPrintable(bytes)
                    ? new Response.Ok(
                            Json.object().put("token", SecretJson.text(token)).build())
                    : new Response.Invalid("'otp' is not the one that the token was encoded with"));
        }
    }

    private static Optional<Secret> given(Call call, String name) {
        return call.request().values().secret(name).filter(text -> text.length() > 0);
    }

    /// A token has no blanks, quotes or backslashes.
    private static boolean isPrintable(byte[] bytes) {
        for (byte b : bytes) {
            if (b <= ' ' || b == '"' || b == '\\' || b == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
