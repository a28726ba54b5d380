// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

/// Tells a form from JSON that a careless client sent under a form's type, as `curl -d` does.
final class Forms {
    private Forms() {}

    static boolean isForm(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b != '{' && b != '[';
            }
        }
        return true;
    }
}
