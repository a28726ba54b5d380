// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.audit.AuditLog;
import io.coffer.core.audit.AuditNotice;
import io.coffer.core.ceremony.Authority;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Response;
import io.coffer.core.seal.ShareId;
import io.coffer.core.seal.ShareText;
import io.coffer.core.secret.Secret;
import java.util.Optional;
import java.util.function.Function;

/// A call that may have a share in `key`, and what is told of it to the audit devices.
record ShareCall(Call call, AuditLog audit) {
    /// For the reference: how a share is refused.
    static final String REFUSED =
            "400 `share …: not a share of this vault`, `share …: a share of generation …; the current"
                    + " one is …`, `share …: a share of generation …, not yet confirmed; the current one is …`";

    static final Field SHARE = Field.secret(Authority.KEY, "One share, in hex or base64.");
    static final Field NONCE = Field.text("nonce", "Which one is meant, as its status shows it.");

    /// For the reference: who may neither begin nor end.
    static final String NO_AUTHORITY = "403: neither such a token nor a current share";

    private static final String PREFIX = "invalid key: ";

    /// Lends the share, if there is one.
    Response taking(Function<Optional<Secret>, Response> work) {
        Optional<Secret> text = call.request().values().secret(Authority.KEY);
        if (text.isEmpty() || text.get().length() == 0) {
            return work.apply(Optional.empty());
        }
        return switch (ShareText.parse(text.get())) {
            case ShareText.Unreadable(String reason) ->
                refused(reason.startsWith(PREFIX) ? reason.substring(PREFIX.length()) : reason);
            case ShareText.Read(Secret share) -> {
                try (share) {
                    yield work.apply(Optional.of(share));
                }
            }
        };
    }

    Response refused(String reason) {
        audit.notice(AuditNotice.refused(incoming(), reason));
        return new Response.Invalid(reason);
    }

    /// Whoever calls has no authority for this, and nothing has happened.
    Response denied() {
        audit.notice(AuditNotice.refused(incoming(), "permission denied"));
        return new Response.Denied(Authority.REFUSAL);
    }

    void told(String outcome) {
        audit.notice(AuditNotice.done(incoming(), outcome));
    }

    void told(String outcome, ShareId share) {
        audit.notice(AuditNotice.done(incoming(), outcome).withShare(share.index(), share.generation()));
    }

    private Incoming incoming() {
        return call.request().incoming();
    }
}
