// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.List;

/// What goes to the client: a status and the bytes of a JSON text; no bytes for an answer without a body.
record Answer(int status, byte[] body) {
    private static final byte[] ERRORS = JsonBytes.ascii("{\"errors\":");

    static final byte[] NOTHING = new byte[0];

    static Answer of(Refusal refusal) {
        return errors(refusal.status(), refusal.text().isEmpty() ? List.of() : List.of(refusal.text()));
    }

    static Answer errors(int status, List<String> errors) {
        return new Answer(
                status,
                new JsonBytes(64).raw(ERRORS).strings(errors).put('}').put('\n').take());
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }
}
