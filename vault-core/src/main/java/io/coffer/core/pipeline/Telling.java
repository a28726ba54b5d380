// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.audit.AuditFacts;
import io.coffer.core.engine.Caller;
import io.coffer.core.mount.Mount;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.token.Token;
import java.util.Map;

/// What audit entries tell of who calls, of the mount, and of what was sent.
final class Telling {
    private Telling() {}

    static AuditFacts.Subject subject(Caller caller) {
        return caller.token()
                .map(token -> new AuditFacts.Subject(
                        caller.id(),
                        caller.accessor(),
                        caller.displayName(),
                        caller.policies(),
                        caller.entityId(),
                        caller.acl().names(),
                        life(token)))
                .orElse(AuditFacts.Subject.NOBODY);
    }

    private static AuditFacts.Life life(Token token) {
        return new AuditFacts.Life(
                token.type().wireName(),
                token.life().creationTtl().toSeconds(),
                token.life().created(),
                token.provenance().metadata().orElse(Map.of()));
    }

    static AuditFacts.Mount mount(Mount mount) {
        return new AuditFacts.Mount(
                mount.path(),
                mount.type(),
                mount.accessor(),
                mount.settings().names("audit_non_hmac_request_keys"),
                mount.settings().names("audit_non_hmac_response_keys"));
    }

    /// The parameters of a request without a body are in its query.
    static Json data(Incoming incoming, Json.Obj body) {
        if (!body.members().isEmpty()) {
            return body;
        }
        Json.Builder query = Json.object();
        incoming.query().forEach((name, values) -> query.put(name, Json.of(values)));
        return incoming.query().isEmpty() ? Json.NULL : query.build();
    }
}
