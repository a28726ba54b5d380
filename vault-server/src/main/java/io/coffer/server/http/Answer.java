// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What goes to the client: a status and the bytes of a JSON text; no bytes for an answer without a body.
///
/// @param written done on a worker when it has been written to the connection
/// @param headers what it says beside
record Answer(int status, byte[] body, Optional<Runnable> written, Map<String, String> headers) {
    private static final byte[] ERRORS = JsonBytes.ascii("{\"errors\":");

    static final byte[] NOTHING = new byte[0];

    Answer(int status, byte[] body) {
        this(status, body, Optional.empty(), Map.of());
    }

    Answer(int status, byte[] body, Runnable written) {
        this(status, body, Optional.of(written), Map.of());
    }

    /// The same with more beside.
    Answer with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Answer(status, body, written, all);
    }

    /// The same without its body, for HEAD.
    Answer silent() {
        return new Answer(status, NOTHING, Optional.empty(), headers);
    }

    Answer then(Runnable arrived) {
        return new Answer(status, body, Optional.of(arrived), headers);
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
