// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.List;
import java.util.Optional;

/// What goes to the client: a status and the bytes of a JSON text; no bytes for an answer without a body.
///
/// @param written done on a worker when it has been written to the connection
record Answer(int status, byte[] body, Optional<Runnable> written) {
    private static final byte[] ERRORS = JsonBytes.ascii("{\"errors\":");

    static final byte[] NOTHING = new byte[0];

    Answer(int status, byte[] body) {
        this(status, body, Optional.empty());
    }

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
