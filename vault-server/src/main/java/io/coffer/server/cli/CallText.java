// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.server.cli.wire.Address;
import io.coffer.server.cli.wire.Headers;
import io.coffer.server.cli.wire.Tls;
import io.coffer.server.cli.wire.Trust;
import java.nio.charset.StandardCharsets;

/// A call as a text for people: the curl command that sends it, or the policy that it needs.
final class CallText {
    private CallText() {}

    static String policy(ApiCall call) {
        String capability =
                switch (call.method()) {
                    case "GET" -> call.query().contains("list=true") ? "list" : "read";
                    case "DELETE" -> "delete";
                    case "PATCH" -> "patch";
                    default -> "create\", \"update";
                };
        String path = call.path().replace("\\", "\\\\").replace("\"", "\\\"");
        return "path \"" + path + "\" {\n  capabilities = [\"" + capability + "\"]\n}\n";
    }

    /// The token stays out of it, and so does a body that is a secret: curl then reads it from its standard
    /// input.
    static String curl(Address address, Tls tls, ApiCall call, Headers headers) {
        StringBuilder curl = new StringBuilder("curl");
        if (!call.method().equals("GET")) {
            curl.append(" -X ").append(call.method());
        }
        tls(tls, curl);
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (name.equals("X-Vault-Token")) {
                curl.append(" -H \"X-Vault-Token: $(coffer print token)\"");
            } else if (!name.equals("User-Agent")) {
                curl.append(" -H ").append(quoted(name + ": " + new String(headers.value(i), StandardCharsets.UTF_8)));
            }
        }
        if (call.body().secret()) {
            curl.append(" -d @-");
        } else if (call.body().bytes().length > 0) {
            curl.append(" -d ").append(quoted(new String(call.body().bytes(), StandardCharsets.UTF_8)));
        }
        String base = address.text();
        if (address instanceof Address.Unix socket) {
            curl.append(" --unix-socket ").append(quoted(socket.path()));
            base = "http://localhost";
        }
        return curl.append(' ')
                .append(quoted(base + call.target()))
                .append('\n')
                .toString();
    }

    private static void tls(Tls tls, StringBuilder curl) {
        if (tls.trust() instanceof Trust.Anything) {
            curl.append(" --insecure");
        } else if (tls.trust() instanceof Trust.Folder folder) {
            curl.append(" --capath ").append(quoted(folder.path()));
        } else if (tls.trust() instanceof Trust.Authorities authorities) {
            curl.append(" --cacert ").append(quoted(authorities.pem().name()));
        }
        if (tls.client().isPresent()) {
            curl.append(" --cert ")
                    .append(quoted(tls.client().get().certificate().name()));
            curl.append(" --key ").append(quoted(tls.client().get().key().name()));
        }
    }

    /// For a POSIX shell: nothing inside is expanded.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
