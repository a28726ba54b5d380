// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A login by another method than a token: what the user gave goes to the login path of the method's mount.
///
/// @param mount without `auth/`
record MethodLogin(String method, String mount) {
    Reply run(Invocation call) throws IOException {
        Map<String, Json> data = new LinkedHashMap<>(
                DataArguments.of(call.arguments().words(), call.terminal().in()).members());
        String path = "auth/" + mount + "/login";
        if (method.equals("userpass") || method.equals("ldap")) {
            path += "/" + Words.path(username(data));
            if (!data.containsKey("password")) {
                if (!call.asks()) {
                    throw Failure.local("no password given; give password=- to read it from standard input");
                }
                char[] typed = new SecretInput(call).take(Optional.empty(), "password", "Password");
                data.put("password", new Json.Str(new String(typed)));
            }
        }
        String doing = "authenticating";
        return Api.accepted(call.api().send(ApiCall.put(path, new Json.Obj(data)), Optional.empty(), doing), doing);
    }

    private static String username(Map<String, Json> data) {
        String name = Scalars.string(data.getOrDefault("username", Json.NULL));
        data.remove("username");
        if (name.isEmpty()) {
            throw Failure.local("'username' not supplied; give username=NAME");
        }
        return name;
    }
}
