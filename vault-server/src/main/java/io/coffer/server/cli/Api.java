// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.server.cli.wire.Headers;
import io.coffer.server.cli.wire.HttpCall;
import io.coffer.server.cli.wire.HttpClient;
import io.coffer.server.cli.wire.WireException;
import java.util.Optional;

/// Asks the vault, as the user whose token is at hand.
public final class Api implements AutoCloseable {
    private final HttpClient client;
    private final Tokens tokens;
    private final Extras extras;

    Api(HttpClient client, Tokens tokens, Extras extras) {
        this.client = client;
        this.tokens = tokens;
        this.extras = extras;
    }

    /// @param doing for messages: `reading secret/app`
    /// @return the answer, whatever its status
    /// @throws Failure if there is none
    public Reply send(ApiCall call, String doing) {
        boolean anonymous = call.manner() == ApiCall.Manner.ANONYMOUS;
        return send(call, anonymous ? Optional.empty() : tokens.current(), doing);
    }

    /// With that token instead of the one at hand.
    public Reply send(ApiCall call, Optional<Token> token, String doing) {
        Headers headers = new Headers().add("X-Vault-Request", "true").add("User-Agent", "coffer");
        if (token.isPresent()) {
            headers.add("X-Vault-Token", token.get().bytes());
        }
        extras.addTo(headers, call);
        if (call.method().equals("PATCH")) {
            headers.add("Content-Type", "application/merge-patch+json");
        } else if (call.body().bytes().length > 0) {
            headers.add("Content-Type", "application/json");
        }
        if (extras.showing() && call.manner() != ApiCall.Manner.ASIDE) {
            throw new ShownInstead(extras.shown(client.address(), call, headers));
        }
        try {
            HttpCall sent = new HttpCall(
                    call.method(), call.target(), headers, call.body().bytes());
            return new Reply(call.method(), client.send(sent));
        } catch (WireException failed) {
            throw Failure.remote("Error " + doing + ": " + Words.harmless(String.valueOf(failed.getMessage())));
        }
    }

    /// @throws Failure also if the vault refuses
    public Reply ask(ApiCall call, String doing) {
        return accepted(send(call, doing), doing);
    }

    public static Reply accepted(Reply reply, String doing) {
        if (reply.refused()) {
            throw Failure.remote("Error " + doing + ": " + reply.refusal());
        }
        return reply;
    }

    @Override
    public void close() {
        client.close();
    }
}
