// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

/// One request.
///
/// @param target path and query, percent-encoded, starting with `/`; the prefix of the address is put
/// before it
/// @param body empty for none; it may be a secret, so it is never printed
public record HttpCall(String method, String target, Headers headers, byte[] body) {
    public HttpCall {
        checkTarget(target);
    }

    /// @throws IllegalArgumentException if it could not stand in a request line
    static void checkTarget(String target) {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("the target of a call starts with /");
        }
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) >= 127) {
                throw new IllegalArgumentException("the target of a call is percent-encoded");
            }
        }
    }

    HttpCall withTarget(String changed) {
        return new HttpCall(method, changed, headers, body);
    }

    /// Whether sending it twice has the effect of sending it once.
    boolean reads() {
        return method.equals("GET") || method.equals("LIST") || method.equals("HEAD");
    }

    @Override
    public String toString() {
        return "HttpCall[" + method + ", " + body.length + " bytes]";
    }
}
