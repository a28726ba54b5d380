// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.SecretInput;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.util.Optional;

/// Calls of the API that a key share goes with. It is overwritten when it was sent.
record ShareSender(Invocation call) {
    /// Sends the share of a word, or if there is none, what is typed at the prompt.
    Reply send(ApiCall asked, Json.Obj more, Optional<String> word, String doing) throws IOException {
        try (Body body = Body.secret("key", new SecretInput(call).share(word), more)) {
            return call.api().ask(asked.with(body), doing);
        }
    }

    /// Begins or cancels something, with a share if the caller gives one.
    Reply sendIfGiven(ApiCall asked, Json.Obj more, String doing) throws IOException {
        Optional<String> word = call.arguments().optional(0);
        return word.isPresent() ? send(asked, more, word, doing) : call.api().ask(asked.with(Body.of(more)), doing);
    }

    /// Whoever gives his share as a word or by standard input is shown nothing, so he says what it is for.
    void checkMeant(Flag nonce) {
        if (!call.arguments().given(nonce) && call.arguments().optional(0).isPresent()) {
            throw Failure.local("give -nonce too, so that the share is used for nothing else; -status shows it");
        }
    }

    /// Hands a share in, once its holder agrees to what it is for.
    ///
    /// @param status of the ceremony, which may be another one than that of the nonce
    /// @param ceremony what the holder is shown
    Reply handIn(String path, Flag nonce, Json.Obj status, String ceremony) throws IOException {
        String meant = call.arguments().text(nonce).orElse(Scalars.string(status.get("nonce")));
        new Consent(call).ask(ceremony);
        return send(
                ApiCall.put(path, Body.NONE),
                Json.object().put("nonce", meant).build(),
                call.arguments().optional(0),
                "posting unseal key");
    }
}
