// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.Time;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Request;
import io.coffer.core.request.Response;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The few routes that answer whatever the state of the vault, without a token, a mount table or a key.
public final class AnyState {
    private static final Mount SYSTEM =
            new Mount("system", "sys/", "system", "", Map.of(), false, true, MountSettings.plain(""));
    private static final MountConfig MOUNT = SYSTEM.config(MountDefaults.STANDARD);

    private final Engine system;
    private final Parsing parsing;
    private final Time time;
    private final SecureRandom random;

    public AnyState(Engine system, Parsing parsing, Time time, SecureRandom random) {
        this.system = system;
        this.parsing = parsing;
        this.time = time;
        this.random = random;
    }

    /// The answer, if this is one of them.
    Optional<Reply> answer(Vault vault, Incoming incoming) {
        boolean unsealed = vault.state() instanceof VaultState.Unsealed;
        Optional<Router.Match.Found> found =
                Router.anyState(system, SYSTEM, incoming.path().value(), incoming.operation());
        if (found.isEmpty()) {
            return vault.state() instanceof VaultState.Uninitialized ? noStore(incoming) : missingOperation(incoming);
        }
        if (found.get().route().access() == Access.ANY_STATE) {
            return Optional.of(act(vault, incoming, found.get()));
        }
        return unsealed ? Optional.empty() : Optional.of(reply(incoming, found.get(), Response.NO_CONTENT));
    }

    private Reply act(Vault vault, Incoming incoming, Router.Match.Found found) {
        return switch (parsing.parse(incoming, found.route(), found.captures())) {
            case Parsing.Outcome.Refused(Response answer) -> reply(incoming, found, answer);
            case Parsing.Outcome.Parsed(Request request, List<String> warnings) -> {
                try {
                    Call call = new Call(request, Caller.NOBODY, MOUNT, time.now(), random);
                    yield reply(incoming, found, handler(found).handle(call, vault));
                } finally {
                    Parsing.close(request.values());
                }
            }
        };
    }

    /// What holders of shares do together says so where there are no shares yet.
    private Optional<Reply> noStore(Incoming incoming) {
        Optional<Router.Match.Found> ceremony =
                Router.ceremony(system, SYSTEM, incoming.path().value(), incoming.operation());
        return ceremony.isPresent()
                ? ceremony.map(found -> reply(incoming, found, new Response.Invalid("server is not yet initialized")))
                : missingOperation(incoming);
    }

    /// These paths answer another operation with 405 in any state.
    private Optional<Reply> missingOperation(Incoming incoming) {
        if (incoming.operation() == Operation.HELP
                || Router.system(system, SYSTEM, incoming.path().value(), incoming.operation())
                        .isPresent()) {
            return Optional.empty();
        }
        for (Operation other : List.of(Operation.READ, Operation.UPDATE)) {
            Optional<Router.Match.Found> found =
                    Router.anyState(system, SYSTEM, incoming.path().value(), other);
            if (found.isPresent()) {
                Response refused = new Response.NotAllowed(Response.wrapped("unsupported operation"));
                return Optional.of(reply(incoming, found.get(), refused));
            }
        }
        return Optional.empty();
    }

    private static Handler.Act handler(Router.Match.Found found) {
        if (found.route().handler() instanceof Handler.Acts(Handler.Act work)) {
            return work;
        }
        throw new IllegalStateException("a route of any state acts on the vault");
    }

    private static Reply reply(Incoming incoming, Router.Match.Found found, Response response) {
        return new Reply(incoming.id(), response, found.route().shape(), SYSTEM.type());
    }
}
