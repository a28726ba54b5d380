// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.request.Origin;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.seal.ShareText;
import io.coffer.core.secret.Secret;
import java.util.Optional;

/// Who may start and cancel ceremonies: a token that is allowed on the path with sudo, whoever has a share
/// that opens the store, or anybody on a listener with `legacy_ceremonies`. It looks at a request and
/// changes nothing.
public final class Authority {
    /// The field that a share stands in.
    public static final String KEY = "key";

    /// What is told to everybody else.
    public static final String REFUSAL =
            "permission denied: this needs a token with sudo on this path, or a current share in 'key'";

    private Authority() {}

    /// Who asks, if he may. A route of {@code Access.TOKEN_OR_SHARE} has a caller only if his token is allowed to.
    public static Optional<Starter> of(Call call, SealRecord record) {
        Optional<Starter> token = token(call.caller());
        if (token.isPresent()) {
            return token;
        }
        Optional<Starter> share = share(call, record).map(Starter.ByShare::new);
        if (share.isPresent()) {
            return share;
        }
        Origin origin = call.request().incoming().origin();
        return origin.legacyCeremonies() ? Optional.of(new Starter.Anybody(origin.address())) : Optional.empty();
    }

    /// The caller's token, if he has one.
    public static Optional<Starter> token(Caller caller) {
        return caller.equals(Caller.NOBODY)
                ? Optional.empty()
                : Optional.of(new Starter.ByToken(
                        caller.id().isEmpty() ? caller.accessor() : caller.id(), caller.displayName()));
    }

    private static Optional<ShareId> share(Call call, SealRecord record) {
        return call.request().values().secret(KEY).flatMap(text -> switch (ShareText.parse(text)) {
            case ShareText.Unreadable none -> Optional.empty();
            case ShareText.Read(Secret share) -> {
                try (share) {
                    yield record.find(share);
                }
            }
        });
    }
}
